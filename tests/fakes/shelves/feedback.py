"""Scores of visits."""

from collections.abc import Sequence
from datetime import datetime

from smart4s_kiosk.domain.feedback import Feedback
from tests.fakes.shelves.table import Table


class FakeFeedback:
    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, feedback: Feedback) -> None:
        self._table.insert(feedback.visit_id, feedback)

    def between(self, start: datetime, end: datetime) -> Sequence[Feedback]:
        found = [f for f in self._table.rows.values() if start <= f.at < end]
        return sorted(found, key=lambda f: (f.at, f.visit_id))

    def forget_before(self, moment: datetime) -> int:
        self._table.may_change()
        old = [f.visit_id for f in self._table.rows.values() if f.at < moment]
        for visit_id in old:
            self._table.delete(visit_id)
        return len(old)
