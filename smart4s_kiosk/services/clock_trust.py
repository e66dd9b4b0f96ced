"""Whether this machine's clock may date a signature: never behind the records, never far from the connector's clock."""

from collections.abc import Callable
from datetime import datetime, timedelta

from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.storage import UnitOfWork, VisitQuery

CLOCK_TOLERANCE = timedelta(minutes=2)
"""product.md: behind the journal, or further than this from the connector, nothing is signed until the clock is set."""
_LAST_VISITS = 20
_FAR_AHEAD = timedelta(days=3650)


class ClockBehindRecords(RuleBroken):
    """The clock of this machine is behind the newest record; nothing is signed until it is set."""

    code = "clock.behind_records"


class ClockOffConnector(RuleBroken):
    """The clock of this machine differs from the connector's; nothing is signed until it is set."""

    code = "clock.off_connector"


class ClockTrust:
    """Asked before anything is dated that people sign."""

    def __init__(self, clock: Clock, offset_s: Callable[[], float | None]) -> None:
        """`offset_s`: the connector's clock minus this machine's, as it is now; None while nobody knows."""
        self._clock = clock
        self._offset_s = offset_s

    def must_be_right(self, view: UnitOfWork) -> None:
        """Raises ClockBehindRecords, ClockOffConnector."""
        now = self._clock.now()
        newest = newest_record(view, now)
        if newest is not None and newest - now > CLOCK_TOLERANCE:
            raise ClockBehindRecords(minutes=_minutes(newest - now))
        offset_s = self._offset_s()
        if offset_s is not None and abs(offset_s) > CLOCK_TOLERANCE.total_seconds():
            raise ClockOffConnector(minutes=_minutes(timedelta(seconds=abs(offset_s))))


def newest_record(view: UnitOfWork, now: datetime) -> datetime | None:
    """When something was last written down: seals, visits, and audit lines from after `now`."""
    seal = view.seals.last()
    visits = view.visits.search(VisitQuery(limit=_LAST_VISITS))
    ahead = view.audit.between(now, now + _FAR_AHEAD)
    moments = [visit.changed_at for visit in visits] + [line.at for line in ahead] + ([seal.sealed_at] if seal else [])
    return max(moments, default=None)


def _minutes(length: timedelta) -> int:
    return max(1, round(length.total_seconds() / 60))
