"""Scores of visitors, one a visit."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from smart4s_kiosk.domain.feedback import Feedback
from smart4s_kiosk.storage import tables
from smart4s_kiosk.storage.shelf import Mapping, Shelf
from smart4s_kiosk.storage.transaction import Transaction


class SqlFeedback(Shelf[Feedback]):
    """Rows of `feedback`."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction, Mapping(tables.feedback, Feedback))

    def add(self, feedback: Feedback) -> None:
        """One score; `VersionConflict` when the visit has one already."""
        self._insert(feedback)

    def between(self, start: datetime, end: datetime) -> Sequence[Feedback]:
        """By time."""
        columns = self._table.c
        wanted = self._mapping.select().where(columns.at >= start, columns.at < end)
        return self._all(wanted.order_by(columns.at, columns.visit_id))

    def forget_before(self, moment: datetime) -> int:
        """Remove scores given before; how many."""
        return self._transaction.change(delete(self._table).where(self._table.c.at < moment))
