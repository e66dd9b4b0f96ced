"""Foot traffic: keeps what the floor cameras counted, and shows it by hour."""

from datetime import datetime, timedelta

from smart4s_kiosk.domain.foot_traffic import COUNTS_LIFE, FloorCounts
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.storage import Storage


class FootTraffic:
    """Counts of all floor cameras. `record` is given to each camera's people counter."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def record(self, counts: FloorCounts) -> None:
        """Add a part of an hour: once a minute for each camera, and at most every two seconds who passed its door."""
        with self._storage.begin() as work:
            work.foot_traffic.add(counts)
            work.announce("foot_traffic", counts.camera)

    def hours(self, start: datetime, end: datetime) -> tuple[FloorCounts, ...]:
        """Each camera's hours that begin between the two times (aware UTC), grid and zones included."""
        with self._storage.look() as view:
            return tuple(view.foot_traffic.between(start, end))

    def totals(self, start: datetime, end: datetime) -> tuple[FloorCounts, ...]:
        """The same without grid and zones: quick over a year."""
        with self._storage.look() as view:
            return tuple(view.foot_traffic.totals(start, end))

    def together(self, start: datetime, end: datetime) -> dict[str, FloorCounts]:
        """Each camera's whole time as one value, for a day's heat map. Its `hour` is the first hour counted."""
        total: dict[str, FloorCounts] = {}
        for part in self.hours(start, end):
            before = total.get(part.camera)
            total[part.camera] = part if before is None else before.plus(part.in_hour(before.hour))
        return total

    def latest_day(self) -> dict[str, FloorCounts]:
        """The last 24 hours together."""
        now = self._clock.now()
        return self.together(now - timedelta(hours=24), now)

    def forget_old(self) -> int:
        """Daily: remove hours older than 13 months; how many."""
        with self._storage.begin() as work:
            return work.foot_traffic.forget_before(self._clock.now() - COUNTS_LIFE)
