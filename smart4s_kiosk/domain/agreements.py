"""A test-drive agreement from draft to closed. Only sealed ones open the key cabinet; nothing sealed ever changes."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.ids import AgreementId, CarId, CustomerId, MediaHash, StaffId, VisitId


class AgreementState(StrEnum):
    """Where an agreement stands."""

    DRAFT = "draft"
    SCANNED = "scanned"
    VERIFIED = "verified"
    READ = "read"
    SIGNED_BY_CUSTOMER = "signed_c"
    SIGNED_BY_STAFF = "signed_s"
    SEALED = "sealed"
    KEY_OUT = "key_out"
    RETURNED = "returned"
    CLOSED = "closed"
    VOID = "void"


class RideKind(StrEnum):
    """试驾: the customer drives. 试乘: the customer is driven."""

    DRIVE = "drive"
    PASSENGER = "passenger"


_ORDER: list[AgreementState] = [state for state in AgreementState if state is not AgreementState.VOID]
BEFORE_KEY = frozenset(_ORDER[: _ORDER.index(AgreementState.KEY_OUT)])


class AgreementStepRefused(RuleBroken):
    """An agreement in this state cannot do that."""

    code = "agreement.step_refused"


class SignatureTooShort(RuleBroken):
    """A signature needs at least two strokes or a real line: this one is too short."""

    code = "agreement.signature_too_short"


@dataclass(frozen=True, slots=True)
class StrokePoint:
    """Where the pen was: x, y from 0 to 1 of the pad's width and height, milliseconds since the first touch."""

    x: float
    y: float
    t_ms: int
    pressure: float = 0.5


@dataclass(frozen=True, slots=True)
class Signature:
    """What was drawn, stroke by stroke, and on how large a pad (millimetres are unknown; pixels)."""

    strokes: tuple[tuple[StrokePoint, ...], ...]
    pad_width: int
    pad_height: int

    def must_be_real(self) -> None:
        """Refuse a dot or a tick: under 300 ms of pen time or under 15 % of the box, product.md's limits."""
        points = [p for stroke in self.strokes for p in stroke]
        if len(points) < 2:
            raise SignatureTooShort
        pen_ms = sum(stroke[-1].t_ms - stroke[0].t_ms for stroke in self.strokes if stroke)
        width = max(p.x for p in points) - min(p.x for p in points)
        height = max(p.y for p in points) - min(p.y for p in points)
        one_long_line = len(self.strokes) < 2 and width < 0.4
        if pen_ms < 300 or max(width, height) < 0.15 or one_long_line:
            raise SignatureTooShort(pen_ms=pen_ms)


@dataclass(frozen=True, slots=True)
class ClauseRead:
    """One clause was on the screen and acknowledged."""

    clause: str
    shown_at: datetime
    acknowledged_at: datetime


@dataclass(frozen=True, slots=True)
class Agreement:
    """One ride with one car under one text."""

    id: AgreementId
    version: int
    number: str
    """Printed number: D-20261121-003."""
    kind: RideKind
    state: AgreementState
    visit_id: VisitId
    car_id: CarId
    consultant_id: StaffId
    created_at: datetime
    text_version: str
    customer_id: CustomerId | None = None
    driver_name: str = ""
    licence_sealed: bytes = b""
    """Licence number under the person's key."""
    licence_classes: str = ""
    licence_valid_until: date | None = None
    licence_first_issue: date | None = None
    decision: str = ""
    """Verdict of the licence rules: allow, accompanied, passenger_only, refuse."""
    verdict_words: tuple[str, ...] = ()
    """The verdict and its reasons as they stood on the screen and will stand on the paper."""
    second_staff_id: StaffId | None = None
    """Who confirmed the fields beside the consultant, when they were typed by hand."""
    route: str = ""
    energy_level: str = ""
    clauses_read: tuple[ClauseRead, ...] = ()
    signed_by_customer_at: datetime | None = None
    signed_by_staff_at: datetime | None = None
    customer_strokes: MediaHash | None = None
    staff_strokes: MediaHash | None = None
    """Signatures as sealed media; each belongs to this agreement alone."""
    pdf: MediaHash | None = None
    seal_hash: str = ""
    sealed_at: datetime | None = None
    key_out_at: datetime | None = None
    due_at: datetime | None = None
    mileage_out_km: int | None = None
    returned_at: datetime | None = None
    mileage_in_km: int | None = None
    damage: str = ""
    damage_photos: tuple[MediaHash, ...] = ()
    """Sealed media, taken when the car came back."""
    void_reason: str = ""
    language: str = "zh_CN"
    """In which the customer reads, signs, and gets the paper."""

    def to(self, state: AgreementState, **changes: object) -> "Agreement":
        """One step along the chain, with the facts that the step brings."""
        if self.state is AgreementState.VOID or _ORDER.index(state) != _ORDER.index(self.state) + 1:
            raise AgreementStepRefused(state=self.state, wanted=state)
        return replace(self, version=self.version + 1, state=state, **changes)  # type: ignore[arg-type] # named fields of this value

    def void(self, reason: str) -> "Agreement":
        """Given up, with a reason, at any time before the key is out."""
        if self.state not in BEFORE_KEY:
            raise AgreementStepRefused(state=self.state, wanted=AgreementState.VOID)
        return replace(self, version=self.version + 1, state=AgreementState.VOID, void_reason=reason)
