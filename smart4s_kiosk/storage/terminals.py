"""What each terminal told about itself last."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, update

from smart4s_kiosk.domain.terminals import Terminal
from smart4s_kiosk.storage import tables
from smart4s_kiosk.storage.shelf import Mapping, Shelf
from smart4s_kiosk.storage.transaction import Transaction


class SqlTerminals(Shelf[Terminal]):
    """Rows of `terminals`."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction, Mapping(tables.terminals, Terminal))

    def put(self, terminal: Terminal) -> None:
        """In place of what it told before."""
        row = self._mapping.to_row(terminal)
        if not self._transaction.change(update(self._table).where(self._table.c.id == terminal.id).values(row)):
            self._insert(terminal)

    def all(self) -> Sequence[Terminal]:
        """By name."""
        return self._all(self._mapping.select().order_by(self._table.c.id))

    def forget_before(self, moment: datetime) -> int:
        """Remove those that were heard of last before `moment`; how many."""
        return self._transaction.change(delete(self._table).where(self._table.c.seen_at < moment))
