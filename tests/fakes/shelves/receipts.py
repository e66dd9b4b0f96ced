"""Which press was served already."""

from datetime import datetime

from tests.fakes.shelves.table import Table


class FakeReceipts:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, key: str) -> str | None:
        found: tuple[str, datetime] | None = self._table.rows.get(key)
        return found[0] if found else None

    def keep(self, key: str, subject_id: str, at: datetime) -> None:
        self._table.insert(key, (subject_id, at))

    def forget_before(self, moment: datetime) -> int:
        self._table.may_change()
        old = [key for key, (_subject, at) in self._table.rows.items() if at < moment]
        for key in old:
            self._table.delete(key)
        return len(old)
