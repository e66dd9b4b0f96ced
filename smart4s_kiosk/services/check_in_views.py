"""What the kiosk's pages show, as ready frozen values; guests' names are masked before they come here."""

from dataclasses import dataclass
from datetime import date, datetime, time

import numpy as np
from numpy.typing import NDArray

from smart4s_kiosk.domain.drinks import Drink
from smart4s_kiosk.domain.ids import QuoteId, StaffId, VisitId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.visits import Purpose
from smart4s_kiosk.services.check_in_choices import (
    FaceTip,
    PhoneReason,
    Praise,
    Presence,
    QuoteLineKind,
    QuoteNote,
    StepMark,
    ThanksKind,
    WaitLine,
    WaitStage,
    Way,
)


@dataclass(frozen=True, slots=True)
class Shop:
    """The showroom as the kiosk shows it at any time."""

    brand: str
    store: str
    is_open: bool = True
    opens: time | None = None
    closes: time | None = None
    """Local opening hours of the day (or of the next open day)."""
    next_open_day: date | None = None
    is_online: bool = True
    is_demo: bool = False
    hero_title: str = ""
    hero_note: str = ""
    zone: str = "Asia/Shanghai"
    prints_slips: bool = False
    """Whether this kiosk has a printer for slips; without one there is no button."""


@dataclass(frozen=True, slots=True)
class Guest:
    """A guest as a public screen may show one."""

    masked_name: str = ""
    """For example "张*", "欧阳*", "M***"; empty for an anonymous guest."""
    title: Title = Title.NONE


@dataclass(frozen=True, slots=True)
class ChooseWay:
    """First question: how to check in. `visit_id` is new; nothing is stored before a way is taken."""

    visit_id: VisitId
    ways: tuple[Way, ...]
    face_is_away: bool = False
    """The camera is lost: say so once, the other ways stay."""


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One language of the face notice in force."""

    language: str
    rows: tuple[tuple[str, str], ...]
    """Label and statement of each short row."""
    full_text: str


@dataclass(frozen=True, slots=True)
class AskConsent:
    """Separate consent before a face is looked at. Nothing is ticked beforehand."""

    visit_id: VisitId
    version: int
    dated: date
    digest: str
    """First 8 hex digits of the text's SHA-256."""
    texts: tuple[ConsentText, ...]
    least_seconds: int = 3
    """Neither answer counts before the notice was on screen this long."""
    enrols: bool = False
    """The template will be kept (first time); False: only compared."""


@dataclass(frozen=True, slots=True)
class GuideFace:
    """The camera is on until the decision."""

    visit_id: VisitId
    enrols: bool = False
    """The features are kept for the next check-in."""


@dataclass(frozen=True, slots=True)
class FacePreview:
    """The newest camera picture and what to do; read by the page about 25 times a second, never queued."""

    sequence: int
    pixels: NDArray[np.uint8]
    """Read-only numpy array, height x width x 3, BGR, mirrored like a mirror; dropped after painting."""
    tip: FaceTip = FaceTip.LOOK
    progress: float = 0.0
    """0 to 1: how far the decision has come."""
    light_is_good: bool = True
    one_person: bool = True
    distance_is_good: bool = True
    is_decided: bool = False
    """The page now calls `finish_face`."""


@dataclass(frozen=True, slots=True)
class ConfirmGuest:
    """A question, not a claim: nothing happens without the tap."""

    visit_id: VisitId
    guest: Guest
    last_visit: date | None = None
    last_consultant: str = ""
    likeness_percent: int | None = None
    """Calibrated probability; None when the guest was found by phone or code."""
    by_face: bool = True


@dataclass(frozen=True, slots=True)
class EnterPhone:
    """Asks for the last four digits or the whole number."""

    visit_id: VisitId
    reason: PhoneReason = PhoneReason.CHOSEN
    locked_minutes: int = 0
    """More than 0: too many tries; the other ways and staff remain."""
    by_tail: bool = True


@dataclass(frozen=True, slots=True)
class EnterSurname:
    """The surname beside a tail (asked for known and unknown tails alike), or of a new guest."""

    visit_id: VisitId
    is_new_guest: bool = False


@dataclass(frozen=True, slots=True)
class EnterCode:
    """Asks for the appointment code: typed (6 characters) or shown to the camera as a QR code."""

    visit_id: VisitId
    camera_is_on: bool = True
    was_unknown: bool = False
    length: int = 6


@dataclass(frozen=True, slots=True)
class ChoosePurpose:
    """Asks why the guest came and how many they are."""

    visit_id: VisitId
    guest: Guest
    purposes: tuple[Purpose, ...]
    expected: Purpose | None = None
    """What the appointment says; marked, not chosen."""
    most_people: int = 6


@dataclass(frozen=True, slots=True)
class ConsultantCard:
    """One consultant as a guest sees them."""

    staff_id: StaffId
    name: str
    title: str
    skills: tuple[str, ...] = ()
    """At most three, languages included, in the store's own words."""
    presence: Presence = Presence.FREE
    back_at: time | None = None
    arrives_minutes: int | None = None
    rating: str = ""
    """For example "4.9"; empty when too few scores."""
    known_minutes_ago: int = 0
    photo: bytes | None = None
    """PNG or JPEG; None shows the initial."""
    badge: str = ""
    """Staff number."""


@dataclass(frozen=True, slots=True)
class ChooseConsultant:
    """Real consultants of today, the guest's own one first."""

    visit_id: VisitId
    guest: Guest
    purpose: Purpose
    own: ConsultantCard | None
    others: tuple[ConsultantCard, ...]
    queue_minutes: int | None = None
    """An honest estimate when nobody is free."""


@dataclass(frozen=True, slots=True)
class WaitStep:
    """One line of the waiting list."""

    line: WaitLine
    mark: StepMark
    name: str = ""
    at: datetime | None = None
    """When it happened (UTC)."""
    after_s: int | None = None
    """Seconds after the request at which it happens or happened."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody was asked: who, since when, what happens next."""

    visit_id: VisitId
    stage: WaitStage
    person: ConsultantCard | None
    """Who was asked or is coming; None while queued."""
    asked_at: datetime
    turn_s: int
    """Length of this turn (60)."""
    steps: tuple[WaitStep, ...]
    seat: str = ""
    drinks: tuple[Drink, ...] = ()
    drink: Drink | None = None
    later_minutes: int | None = None
    """Stage LATER: after how many minutes they come."""
    queue_number: int | None = None
    queue_minutes: int | None = None
    slip_printed: bool = False
    """The guest has just asked for a slip, and the printer has it."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """Somebody is on the way."""

    visit_id: VisitId
    person: ConsultantCard
    arrives_minutes: int
    seat: str = ""
    seat_hint: str = ""
    drink: Drink | None = None
    drink_minutes: int | None = None
    contact_code: tuple[str, ...] = ()
    """QR matrix of the consultant's WeCom contact, one text of "0" and "1" a row; empty: no code."""
    visit_code: str = ""
    """For anonymous guests who want to come back to this visit."""


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """One line of a quote."""

    kind: QuoteLineKind
    amount_fen: int
    note: QuoteNote = QuoteNote.NONE
    name: str = ""
    """Own name of an extra."""
    list_fen: int = 0
    discount_fen: int = 0
    until: date | None = None


@dataclass(frozen=True, slots=True)
class QuoteShown:
    """A published quote on the customer's side."""

    visit_id: VisitId
    quote_id: QuoteId
    car: str
    total_fen: int
    valid_until: date
    rows: tuple[QuoteRow, ...]
    code: tuple[str, ...]
    """QR matrix of the online page (signed, the quote is in the link); of the text in a showroom without one."""
    text_code: tuple[str, ...]
    """QR matrix of the plain text, for phones without a network; empty where `code` is that already."""
    number: str
    version: int
    consultant: str
    check_code: str
    site: str = ""
    """Store and domain printed beside the code."""


@dataclass(frozen=True, slots=True)
class AskFeedback:
    """One tap is enough."""

    visit_id: VisitId
    reasons: tuple[Praise, ...] = tuple(Praise)


@dataclass(frozen=True, slots=True)
class Thanks:
    """A closing page."""

    visit_id: VisitId
    kind: ThanksKind
    visit_code: str = ""
    receipt: str = ""
    """FORGOTTEN: number and hash of the erasure receipt."""


@dataclass(frozen=True, slots=True)
class FaceKept:
    """The look for keeping has ended."""

    visit_id: VisitId
    is_kept: bool
    until: date | None = None
    """The last day on which the features are there."""


@dataclass(frozen=True, slots=True)
class MyData:
    """What is kept about the guest who just proved who they are: kinds and counts, no content."""

    visit_id: VisitId
    guest: Guest
    face_since: date | None
    visits: int
    has_phone: bool
    agreements: int
    quotes: int
    agreements_kept_until: date | None = None
    """Law keeps agreements until then even after forgetting."""


Screen = (
    ChooseWay
    | AskConsent
    | GuideFace
    | ConfirmGuest
    | EnterPhone
    | EnterSurname
    | EnterCode
    | ChoosePurpose
    | ChooseConsultant
    | Waiting
    | Accepted
    | QuoteShown
    | AskFeedback
    | Thanks
    | MyData
    | FaceKept
)
"""What comes next: the type names the page, the value fills it."""
