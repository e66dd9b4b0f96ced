"""People counted at the door whom nobody has met: how many, and the one alarm for each such group."""

from dataclasses import dataclass
from datetime import date, datetime

from smart4s_kiosk.domain.ids import TerminalId
from smart4s_kiosk.domain.unmet_groups import UnmetGroups
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.storage import Storage, UnitOfWork
from smart4s_kiosk.ports.vision import StopSignal
from smart4s_kiosk.services.local_day import local_day

LOOK_EVERY_S = 2.0
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
        if people is None:
            return False
        if people == 0 and ringing is not None:
            self._end(today, ringing.number, now)
        if not settings.is_open(now):
            self._groups = self._groups.asleep(people)
            return False
        self._groups, rings = self._groups.seen(people, now, limit_s=settings.waits.alarm_s)
        if rings:
            self._ring(today, people, now)
        return rings

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
