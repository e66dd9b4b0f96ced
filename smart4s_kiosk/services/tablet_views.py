"""What the tablet's pages show, as ready frozen values; guests' names are masked before they come here."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from smart4s_kiosk.domain.agreements import AgreementState, RideKind
from smart4s_kiosk.domain.appointments import AppointmentState
from smart4s_kiosk.domain.ids import AgreementId, AppointmentId, CarId, KeyId, StaffId, VisitId
from smart4s_kiosk.domain.keys import KeyPlace
from smart4s_kiosk.domain.licence_decisions import COMPANION_RULES, Decision
from smart4s_kiosk.domain.licences import Licence
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.staff import Duty, Role
from smart4s_kiosk.domain.vehicles import Gearbox
from smart4s_kiosk.domain.visits import Purpose, VisitState
from smart4s_kiosk.services.licence_pictures import KeptPictures


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here, as the sign-in page, the rail and lists show them."""

    staff_id: StaffId
    name: str
    role: Role
    job_title: str
    badge: str
    photo: bytes | None
    duty: Duty


@dataclass(frozen=True, slots=True)
class Store:
    """What the whole window needs to know about the showroom."""

    brand: str
    store: str
    zone: str
    is_online: bool
    waiting_messages: int = 0
    """Facts that wait for the connector; shown in the offline bar."""
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class WaitingGuest:
    """A guest who waits for this consultant (or, `is_mine` False, for anybody)."""

    visit_id: VisitId
    name: str
    title: Title
    label: str
    is_returning: bool
    place: str
    purpose: Purpose | None
    party_size: int
    since: datetime
    is_mine: bool
    next_at: datetime | None = None
    """When a colleague is asked instead; None while nobody would be."""
    later_until: datetime | None = None
    """This consultant said 稍后 until then."""


@dataclass(frozen=True, slots=True)
class MyGuest:
    """A guest whom this consultant receives now."""

    visit_id: VisitId
    name: str
    title: Title
    label: str
    purpose: Purpose | None
    place: str
    state: VisitState
    since: datetime
    agreement_id: AgreementId | None = None
    """The test drive under way, if any: pressing the row goes on with it."""
    agreement_state: AgreementState | None = None
    has_quote: bool = False


@dataclass(frozen=True, slots=True)
class ExpectedToday:
    """One of this consultant's appointments, or one of nobody's."""

    appointment_id: AppointmentId
    at: datetime
    name: str
    title: Title
    purpose: Purpose
    model: str
    state: AppointmentState
    visit_id: VisitId | None


@dataclass(frozen=True, slots=True)
class KeyOut:
    """A key that is not in the cabinet."""

    key_id: KeyId
    label: str
    model: str
    plate: str
    place: KeyPlace
    holder: str
    due_at: datetime | None
    is_overdue: bool
    agreement_id: AgreementId | None
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Today:
    """The first page after sign-in."""

    person: Person
    waiting: tuple[WaitingGuest, ...]
    mine: tuple[MyGuest, ...]
    expected: tuple[ExpectedToday, ...]
    keys: tuple[KeyOut, ...]
    colleagues: tuple[Person, ...]
    """On duty, to pass a guest on to."""

    @property
    def arrived(self) -> int:
        """How many of the expected are here."""
        return sum(one.state is AppointmentState.ARRIVED for one in self.expected)


class DriveStep(StrEnum):
    """Which page a test drive is at; follows from what is stored and what is in memory, never from the page."""

    CONSENT = "consent"
    CAPTURE = "capture"
    CHECK = "check"
    NAME = "name"
    """A passenger whose name is not known yet."""
    READ = "read"
    SIGN_CUSTOMER = "sign_customer"
    SIGN_STAFF = "sign_staff"
    SEAL = "seal"
    KEY = "key"
    DRIVING = "driving"
    RETURNED = "returned"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class CarChoice:
    """A test car that could be taken now, or why not."""

    car_id: CarId
    model: str
    plate: str
    gearbox: Gearbox
    key_label: str
    key_place: KeyPlace | None
    """None: no key is registered for it."""
    due_at: datetime | None = None
    mileage_km: int = 0

    @property
    def is_free(self) -> bool:
        """Its key is in the cabinet."""
        return self.key_place is KeyPlace.IN


@dataclass(frozen=True, slots=True)
class RouteChoice:
    """A route of the store."""

    name: str
    distance_km: float
    motorway_km: float
    minutes: int


@dataclass(frozen=True, slots=True)
class DriveChoices:
    """The page where car, route and kind are chosen. The id is new; nothing is stored before the press."""

    agreement_id: AgreementId
    visit_id: VisitId
    name: str
    title: Title
    cars: tuple[CarChoice, ...]
    routes: tuple[RouteChoice, ...]


@dataclass(frozen=True, slots=True)
class DriveSheet:
    """Everything about one test drive that its pages show."""

    agreement_id: AgreementId
    visit_id: VisitId
    number: str
    state: AgreementState
    step: DriveStep
    kind: RideKind
    name: str
    """Masked."""
    title: Title
    driver_name: str
    """Whole, once it was confirmed: the paper shows it to its owner."""
    consultant: str
    badge: str
    model: str
    plate: str
    gearbox: Gearbox
    key_label: str
    route: RouteChoice
    created_at: datetime
    starts_at: datetime
    insured_until: date | None = None
    mileage_out_km: int = 0
    mileage_in_km: int | None = None
    due_at: datetime | None = None
    clauses: int = 0
    reading_s: int = 0
    """How long the clauses were read."""
    seal_hash: str = ""
    void_reason: str = ""
    language: str = "zh_CN"
    """The customer's, for text and paper."""
    was_declined: bool = False
    """The customer did not want the licence to be photographed: the fields are typed."""
    keeps_pictures: bool = False
    """The store keeps the licence's pictures for 30 days instead of deleting them after the check."""


@dataclass(frozen=True, slots=True)
class ClausePage:
    """One important clause."""

    code: str
    title: str
    paragraphs: tuple[str, ...]
    basis: str
    least_seconds: int


@dataclass(frozen=True, slots=True)
class ClausesToRead:
    """The agreement in one language: the important clauses one by one, the rest to look up."""

    version: str
    language: str
    title: str
    important: tuple[ClausePage, ...]
    whole: tuple[str, ...]
    """Every clause and declaration, paragraph by paragraph."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A licence decision as the card shows it."""

    decision: Decision
    is_final: bool
    """All fields compared and the declaration made."""
    may_drive: bool
    licence: Licence
    gearbox: Gearbox
    companion_first_issue: date | None = None

    @property
    def asks_companion(self) -> bool:
        """Whether the licence of the colleague who drives along changes the decision."""
        return any(reason.code in COMPANION_RULES for reason in self.decision.reasons)


@dataclass(frozen=True, slots=True)
class SealedView:
    """The sealed paper."""

    pages: tuple[bytes, ...]
    """PNG pictures."""
    code: tuple[str, ...]
    """Rows of "0" and "1": number, seal and store as text, for the customer's phone."""


@dataclass(frozen=True, slots=True)
class TodaysDrive:
    """One line of the list of today's test drives."""

    agreement_id: AgreementId
    number: str
    name: str
    title: Title
    model: str
    plate: str
    state: AgreementState
    kind: RideKind
    consultant: str
    at: datetime
    due_at: datetime | None
    is_open: bool
    kept: KeptPictures | None = None
    """Pictures of the licence that lie on this tablet, when whoever asks may see them."""
