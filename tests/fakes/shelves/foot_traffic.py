"""Counts of the floor by hour and camera."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from smart4s_kiosk.domain.foot_traffic import FloorCounts
from tests.fakes.shelves.table import Table


class FakeFootTraffic:
    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, counts: FloorCounts) -> None:
        key = (counts.hour, counts.camera)
        before = self._table.rows.get(key)
        self._table.update(key, counts if before is None else before.plus(counts))

    def between(self, start: datetime, end: datetime) -> Sequence[FloorCounts]:
        return [counts for (hour, _camera), counts in sorted(self._table.rows.items()) if start <= hour < end]

    def totals(self, start: datetime, end: datetime) -> Sequence[FloorCounts]:
        return [replace(counts, cells={}, zones={}) for counts in self.between(start, end)]

    def forget_before(self, moment: datetime) -> int:
        self._table.may_change()
        old = [key for key in self._table.rows if key[0] < moment]
        for key in old:
            self._table.delete(key)
        return len(old)
