"""Running numbers of a day."""

from datetime import date

from tests.fakes.shelves.table import Table


class FakeCounters:
    def __init__(self, table: Table) -> None:
        self._table = table

    def next(self, name: str, day: date) -> int:
        value: int = self._table.rows.get((name, day), 0) + 1
        self._table.update((name, day), value)
        return value
