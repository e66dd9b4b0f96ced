"""Who may do what only one may do."""

from datetime import datetime, timedelta

from tests.fakes.shelves.table import Table


class FakeLeases:
    def __init__(self, table: Table, watched: dict[str, tuple[str, datetime, datetime]]) -> None:
        self._table = table
        self._watched = watched
        """Name to holder, end, and when this process first saw that pair."""

    def take(self, name: str, holder: str, *, now: datetime, seconds: float) -> bool:
        self._table.may_change()
        row = self._table.rows.get(name)
        if row is not None and row[0] != holder and now < row[1]:
            seen = self._watched.get(name)
            if seen is None or seen[:2] != row:
                self._watched[name] = (*row, now)
                return False
            if (now - seen[2]).total_seconds() < seconds:
                return False
        self._table.update(name, (holder, now + timedelta(seconds=seconds)))
        return True

    def give_up(self, name: str, holder: str) -> None:
        self._table.may_change()
        if self._table.rows.get(name, ("",))[0] == holder:
            self._table.delete(name)
