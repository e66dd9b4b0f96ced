"""The manager's figures as ready values: tiles, funnel, hours, consultants, what needs a decision. Names are masked."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from smart4s_kiosk.domain.ids import MediaHash, StaffId, VisitId
from smart4s_kiosk.domain.visits import Outcome, Purpose, VisitState


class Period(StrEnum):
    """Which days a report is about; all end with today except `YESTERDAY`."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class ListKind(StrEnum):
    """The list behind a tile or a stage of the funnel."""

    IN_SHOP = "in_shop"
    WAITED = "waited"
    ARRIVED = "arrived"
    RECEIVED = "received"
    DROVE = "drove"
    QUOTED = "quoted"
    ORDERED = "ordered"


class ConcernKind(StrEnum):
    """Why something waits for the manager."""

    ALARM = "alarm"
    WANTS_MANAGER = "wants_manager"
    LOW_SCORE = "low_score"
    KEY_OVERDUE = "key_overdue"
    MESSAGE_PARKED = "message_parked"


@dataclass(frozen=True, slots=True)
class Span:
    """Whole days of the showroom, half-open, in its own time zone."""

    start: datetime
    end: datetime

    @property
    def days(self) -> int:
        return (self.end.date() - self.start.date()).days

    @property
    def first(self) -> date:
        return self.start.date()

    @property
    def last(self) -> date:
        return date.fromordinal(self.end.date().toordinal() - 1)


@dataclass(frozen=True, slots=True)
class Figures:
    """The tiles. None means that nothing is known, which is not zero. Waits are seconds, rates 0 to 1."""

    in_shop: int
    in_shop_week_ago: int
    wait_p50_s: int | None
    wait_p95_s: int | None
    wait_goal_s: int
    registered: int
    """People of all visits."""
    registered_counted: int
    """People registered in the hours that the door camera counted too."""
    came_in: int | None
    """People that the door camera counted; None without one."""
    unmet: int | None
    """`came_in` less `registered_counted`, never below zero."""
    unmet_this_hour: int | None
    received: int
    drives: int
    drive_rate: float | None
    recommend: int | None
    """Share of 9 and 10 minus share of 0 to 6, in points."""
    scores: int
    in_shop_trend: tuple[float | None, ...] = ()
    wait_trend: tuple[float | None, ...] = ()
    unmet_trend: tuple[float | None, ...] = ()
    drive_trend: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class HourLine:
    """One hour of the day, over all days of the period."""

    hour: int
    visits: int
    people: int
    came_in: int | None
    unmet: int | None
    """None when no camera counted, or in the future: hatched, never zero."""
    is_partly_unknown: bool
    """The showroom was open and the camera did not count some of this hour's days."""
    is_future: bool
    expected: float | None = None
    """Mean of the same weekday in the four weeks before."""
    expected_low: float | None = None
    expected_high: float | None = None


@dataclass(frozen=True, slots=True)
class FunnelLine:
    """One stage; `count` None where nothing records it. `rate` is the share of the stage before."""

    kind: ListKind
    count: int | None
    rate: float | None = None


@dataclass(frozen=True, slots=True)
class ConsultantLine:
    """One consultant's period."""

    staff_id: StaffId
    name: str
    photo: MediaHash | None
    visits: int
    answer_s: int | None
    """Median seconds from being asked to accepting."""
    is_slow: bool
    drives: int
    quotes: int
    drive_rate: float | None
    quote_rate: float | None
    rating: int | None
    """Tenths of a point."""


@dataclass(frozen=True, slots=True)
class Concern:
    """Something that waits for the manager; only the facts that its kind needs are set."""

    kind: ConcernKind
    subject_id: str
    at: datetime
    name: str = ""
    note: str = ""
    score: int | None = None
    minutes: int = 0
    holder: str = ""
    plate: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything of the manager's first page except the heat."""

    now: datetime
    period: Period
    span: Span
    store: str
    figures: Figures
    hours: tuple[HourLine, ...]
    funnel: tuple[FunnelLine, ...]
    consultants: tuple[ConsultantLine, ...]
    concerns: tuple[Concern, ...]
    counts_traffic: bool
    """A floor camera has counted at least once in this period."""
    faces_kept: int | None = None
    """People with a face template on this terminal; None where faces are not used."""


@dataclass(frozen=True, slots=True)
class ZoneLine:
    """One zone of the floor; the place is its middle in cells."""

    id: str
    x: float
    y: float
    entries: int
    minutes: float | None
    """Mean stay; None when nobody entered."""


@dataclass(frozen=True, slots=True)
class Heat:
    """Where people stood, in seconds a cell; every cell is None when no camera counted in these hours."""

    columns: int
    rows: int
    cells: tuple[tuple[float | None, ...], ...]
    zones: tuple[ZoneLine, ...] = ()
    walls: tuple[tuple[float, float, float, float], ...] = ()
    doors: tuple[tuple[float, float, float, float], ...] = ()
    missing_hours: tuple[int, ...] = ()
    """Hours of opening time, already past, that no camera counted."""
    is_too_long: bool = False
    """The grid is read for a month at most."""


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One row of a list."""

    visit_id: VisitId
    at: datetime
    name: str
    label: str
    purpose: Purpose | None
    party_size: int
    consultant: str
    waited_s: int | None
    state: VisitState
    outcome: Outcome | None
