"""The reception board as ready values: columns, figures, alarm strip, appointments, keys. Names are masked."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from smart4s_kiosk.domain.appointments import AppointmentState
from smart4s_kiosk.domain.drinks import Drink
from smart4s_kiosk.domain.ids import AgreementId, AppointmentId, KeyId, StaffId, VisitId
from smart4s_kiosk.domain.keys import KeyPlace
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.visits import Alarm, IdentifiedBy, Outcome, Purpose, VisitState
from smart4s_kiosk.services.unmet_watch import UnmetAlarm


class DeskAct(StrEnum):
    """What reception may do with a card now; the page shows a button for each."""

    RECEIVE = "receive"
    """我去接待: reception's own accept."""
    ASSIGN = "assign"
    HAND_OVER = "hand_over"
    LINK = "link"
    MERGE = "merge"
    UNMERGE = "unmerge"
    SERVE = "serve"
    CLOSE = "close"


class Standing(StrEnum):
    """How it is with the consultant of a card."""

    NOBODY = "nobody"
    NOTIFIED = "notified"
    NOT_ANSWERED = "not_answered"
    POSTPONED = "postponed"
    PASSED_ON = "passed_on"
    QUEUED = "queued"
    COMING = "coming"
    PRESENT = "present"


@dataclass(frozen=True, slots=True)
class VisitCard:
    """One visit on the board."""

    visit_id: VisitId
    version: int
    state: VisitState
    label: str
    """A-031: the visit's number of the day."""
    name: str
    """Masked name; empty for a visitor who gave none."""
    title: Title
    identified_by: IdentifiedBy | None
    purpose: Purpose | None
    party_size: int
    place: str
    since: datetime
    """From when the card's timer counts: waiting, serving or, for those who left, the end."""
    alarm: Alarm
    standing: Standing
    consultant_id: StaffId | None
    consultant: str
    appointment_at: datetime | None
    is_returning: bool
    acts: tuple[DeskAct, ...]
    later_until: datetime | None = None
    outcome: Outcome | None = None
    unanswered: int = 0
    """How many consultants were asked and did not come."""


@dataclass(frozen=True, slots=True)
class DrinkLine:
    """A drink that somebody has to bring."""

    visit_id: VisitId
    """Where the wish stands: the visit, or one that was joined with it."""
    drink: Drink
    asked_at: datetime
    card: VisitCard
    """Who wishes it."""


@dataclass(frozen=True, slots=True)
class DriveCard:
    """A test car that is out."""

    agreement_id: AgreementId
    visit_id: VisitId
    name: str
    title: Title
    model: str
    plate: str
    """Masked."""
    due_at: datetime
    out_at: datetime
    consultant: str
    is_sealed: bool
    consultant_phone: str = ""
    """Work number; empty where none is kept."""


@dataclass(frozen=True, slots=True)
class ExpectedGuest:
    """One appointment of today."""

    appointment_id: AppointmentId
    at: datetime
    name: str
    title: Title
    purpose: Purpose
    model: str
    consultant: str
    state: AppointmentState
    is_early: bool = False


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One key that is not simply in the cabinet."""

    key_id: KeyId
    label: str
    plate: str
    place: KeyPlace
    holder: str
    due_at: datetime | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """The row of figures above the board."""

    in_shop: int
    """People (party sizes), not parties."""
    waiting: int
    longest_wait_since: datetime | None
    entered_unmet: int | None
    """Door count minus check-ins; None without a door camera: hatched, never zero."""
    arrived_today: int
    expected_today: int
    driving: int


@dataclass(frozen=True, slots=True)
class Board:
    """Everything of the board's page at one moment."""

    now: datetime
    waiting: tuple[VisitCard, ...]
    """Longest wait first."""
    serving: tuple[VisitCard, ...]
    driving: tuple[DriveCard, ...]
    left: tuple[VisitCard, ...]
    """Newest first, at most 30."""
    left_count: int
    expected: tuple[ExpectedGuest, ...]
    keys: tuple[KeyLine, ...]
    figures: Figures
    alarmed: VisitCard | None
    """The one that the strip names: manager's alarms first, then the longest wait."""
    is_open: bool
    ask_after_s: int = 60
    alarm_after_s: int = 120
    volume: int = 70
    """How loud the sounds are at this hour."""
    unmet_alarm: UnmetAlarm | None = None
    """A group that came in and was met by nobody for two minutes."""
    drinks: tuple[DrinkLine, ...] = ()
    """What guests wait for, oldest wish first."""

    @property
    def keys_out(self) -> int:
        """Keys in somebody's hand."""
        return sum(k.place is KeyPlace.OUT for k in self.keys)

    @property
    def keys_reserved(self) -> int:
        """Keys kept for a test drive."""
        return sum(k.place is KeyPlace.RESERVED for k in self.keys)
