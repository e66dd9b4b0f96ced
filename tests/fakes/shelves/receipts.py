"""Which press was served already."""

from datetime import datetime

from tests.fakes.shelves.table import Table


class FakeReceipts:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, key: str) -> str | None:
        return self._table.rows.get(key)

    def keep(self, key: str, subject_id: str, at: datetime) -> None:
        self._table.insert(key, subject_id)
