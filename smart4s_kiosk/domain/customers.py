"""A customer as the showroom knows one. Sealed values are opaque bytes here; only the vault opens them."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.ids import CustomerId, PersonId, StaffId
from smart4s_kiosk.domain.licences import Sex
from smart4s_kiosk.domain.names import Title, mask_name

PHONE_DIGITS = 11
TAIL_DIGITS = 4


class PhoneNotComplete(RuleBroken):
    """A mainland mobile number has eleven digits and begins with 1."""

    code = "customer.phone_not_complete"


class Stage(StrEnum):
    """Lifecycle (线索 → 在线沟通 → 到店 → 试驾 → 报价 → 下定 → 成交 | 战败)."""

    LEAD = "lead"
    CONTACTED = "contacted"
    VISITED = "visited"
    TEST_DRIVEN = "test_driven"
    QUOTED = "quoted"
    ORDERED = "ordered"
    WON = "won"
    LOST = "lost"


class AgeBand(StrEnum):
    """All that is kept of an age."""

    UNKNOWN = "unknown"
    UNDER_18 = "under_18"
    FROM_18 = "18_24"
    FROM_25 = "25_34"
    FROM_35 = "35_44"
    FROM_45 = "45_59"
    FROM_60 = "60_up"


def age_band(birth: date, today: date) -> AgeBand:
    """The band that a birth date falls in on `today` (the showroom's)."""
    age = today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
    bands = [(18, AgeBand.UNDER_18), (25, AgeBand.FROM_18), (35, AgeBand.FROM_25), (45, AgeBand.FROM_35)]
    for limit, band in [*bands, (60, AgeBand.FROM_45)]:
        if age < limit:
            return band
    return AgeBand.FROM_60


def clean_phone(typed: str) -> str:
    """The eleven digits of a mainland mobile number; country code and separators are dropped."""
    digits = "".join(c for c in typed if c.isdigit())
    if len(digits) == PHONE_DIGITS + 2 and digits.startswith("86"):
        digits = digits[2:]
    if len(digits) != PHONE_DIGITS or not digits.startswith("1"):
        raise PhoneNotComplete(digits=len(digits))
    return digits


@dataclass(frozen=True, slots=True)
class Customer:
    """One person the showroom may greet again."""

    id: CustomerId
    version: int
    person_id: PersonId
    name: str
    title: Title
    created_at: datetime
    source: str = "walk_in"
    phone_sealed: bytes = b""
    phone_fingerprint: str = ""
    """Keyed HMAC of the whole number; finds it without storing it."""
    tail_fingerprint: str = ""
    """Keyed HMAC of the last four digits."""
    plate_fingerprint: str = ""
    id_number_sealed: bytes = b""
    address_sealed: bytes = b""
    consultant_id: StaffId | None = None
    """Own consultant: kept on every later visit; unbinding needs a manager."""
    stage: Stage = Stage.VISITED
    tags: tuple[str, ...] = ()
    age_band: AgeBand = AgeBand.UNKNOWN
    sex: Sex | None = None
    """As the licence says; None while no licence was read."""
    licence_classes: str = ""
    licence_first_issue: date | None = None
    licence_valid_until: date | None = None
    last_visit_at: datetime | None = None
    visits: int = 0
    no_messages: bool = False
    erased_at: datetime | None = None

    @property
    def masked_name(self) -> str:
        """What a public screen may show, without the form of address (张*)."""
        return mask_name(self.name)

    def visited(self, at: datetime) -> "Customer":
        """After one more visit."""
        return replace(self, version=self.version + 1, last_visit_at=at, visits=self.visits + 1)

    def bound_to(self, consultant_id: StaffId | None) -> "Customer":
        """With an own consultant (or none)."""
        return replace(self, version=self.version + 1, consultant_id=consultant_id)

    def erased(self, at: datetime) -> "Customer":
        """Forgotten: everything that says who it was is gone; figures of past visits stay anonymous."""
        return Customer(
            id=self.id,
            version=self.version + 1,
            person_id=self.person_id,
            name="",
            title=Title.NONE,
            created_at=self.created_at,
            source=self.source,
            stage=self.stage,
            visits=self.visits,
            erased_at=at,
        )
