"""People counted at the door whom nobody has met: how many, and the one alarm for each such group."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from smart4s_kiosk.domain.ids import TerminalId
from smart4s_kiosk.domain.unmet_groups import UnmetGroups
from smart4s_kiosk.domain.visits import Outcome, Visit, VisitState
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.storage import Storage, UnitOfWork, VisitQuery
from smart4s_kiosk.ports.vision import StopSignal
from smart4s_kiosk.services.local_day import local_day

LOOK_EVERY_S = 2.0
LATELY = timedelta(minutes=1)
MOST_VISITS = 2_000
"""More than any day of one showroom."""
ACT = "floor.unmet_alarm"


@dataclass(frozen=True, slots=True)
class UnmetAlarm:
    """The newest group of today that rang. `number` counts today's alarms, so that a screen rings once for each."""

    number: int
    rang_at: datetime


class EnteredUnmet:
    """People who came through the door today less those who were checked in: "进门未登记"."""

    def __init__(self, *, storage: Storage, clock: Clock, has_door: bool) -> None:
        self._storage = storage
        self._clock = clock
        self._has_door = has_door

    def read(self) -> int | None:
        """How many now; None where no door is counted: not the same as nobody."""
        with self._storage.look() as view:
            return self.read_within(view, self._clock.now())

    def read_within(self, view: UnitOfWork, now: datetime) -> int | None:
        """The same inside an open transaction. The camera may hang at another terminal of the showroom."""
        start, end = local_day(now, view.settings.current().zone)
        totals = view.foot_traffic.totals(start, end)
        if not self._has_door and not any(c.came_in or c.went_out for c in totals):
            return None
        met = sum(v.party_size for v in view.visits.open_visits())
        return max(0, sum(c.came_in - c.went_out for c in totals) - met)


class UnmetWatch:
    """Runs where the door's camera hangs, so that each alarm rings once in the whole showroom."""

    def __init__(self, *, storage: Storage, clock: Clock, unmet: EnteredUnmet, terminal_id: TerminalId) -> None:
        self._storage = storage
        self._clock = clock
        self._unmet = unmet
        self._terminal_id = terminal_id
        self._groups = UnmetGroups()
        self._people = 0
        self._entered = 0

    def run(self, stop: StopSignal) -> None:
        """Look every two seconds; nothing is written unless an alarm rings or ends."""
        while not stop.wait(LOOK_EVERY_S):
            self.advance()

    def advance(self) -> bool:
        """One look; whether the alarm rang."""
        now = self._clock.now()
        with self._storage.look() as view:
            settings, people = view.settings.current(), self._unmet.read_within(view, now)
            today = now.astimezone(settings.zone).date()
            ringing = alarm_of(view, today)
            served = self._served_among(view, people or 0, now)
        if people is None:
            return False
        if people == 0 and ringing is not None:
            self._end(today, ringing.number, now)
        if not settings.is_open(now):
            self._groups = self._groups.asleep(people)
            return False
        self._groups, rings = self._groups.seen(people, now, limit_s=settings.waits.alarm_s, served=served)
        if rings:
            self._ring(today, people, now)
        return rings

    def _served_among(self, view: UnitOfWork, people: int, now: datetime) -> int:
        """How many more stand unmet, though nobody came in, because staff closed their visit a moment ago."""
        today = local_day(now, view.settings.current().zone)
        entered = sum(counts.came_in for counts in view.foot_traffic.totals(*today))
        more = people - self._people - max(0, entered - self._entered)
        self._people, self._entered = people, entered
        return min(more, _served_lately(view, *today, now)) if more > 0 else 0

    def _ring(self, today: date, people: int, now: datetime) -> None:
        with self._storage.begin() as work:
            number = work.counters.next("unmet-alarm", today)
            work.receipts.keep(_rang(today, number), now.isoformat(), now)
            work.audit.append(
                at=now, act=ACT, subject_id=str(number), staff_id=None, terminal_id=self._terminal_id, rows=people
            )
            work.announce("alarms", "unmet")

    def _end(self, today: date, number: int, now: datetime) -> None:
        with self._storage.begin() as work:
            work.receipts.keep(_over(today, number), now.isoformat(), now)
            work.announce("alarms", "unmet")


def _served_lately(view: UnitOfWork, start: datetime, end: datetime, now: datetime) -> int:
    """People whose visit staff closed within the last minute."""
    today = view.visits.search(VisitQuery(started_from=start, started_until=end, limit=MOST_VISITS))
    return sum(v.party_size for v in today if v.ended_at is not None and now - v.ended_at < LATELY and _was_met(v))


def _was_met(visit: Visit) -> bool:
    """Not merged into another visit, and not one that ended by itself because its guest walked off the kiosk."""
    is_cancelled = visit.state is VisitState.CANCELLED and visit.outcome is not Outcome.WALKED_AWAY
    return visit.state is VisitState.LEFT or is_cancelled


def alarm_of(view: UnitOfWork, today: date) -> UnmetAlarm | None:
    """The newest alarm of today that still rings: everybody has been met when it is None."""
    number, found = 0, None
    while (rang := view.receipts.find(_rang(today, number + 1))) is not None:
        number, found = number + 1, rang
    if found is None or view.receipts.find(_over(today, number)) is not None:
        return None
    return UnmetAlarm(number, datetime.fromisoformat(found))


def _rang(today: date, number: int) -> str:
    return f"unmet-alarm:{today}:{number}"


def _over(today: date, number: int) -> str:
    return f"unmet-over:{today}:{number}"
