"""Test-drive agreements."""

from collections.abc import Sequence
from datetime import datetime

from smart4s_kiosk.domain.agreements import Agreement
from smart4s_kiosk.domain.ids import AgreementId, VisitId
from tests.fakes.shelves.table import Shelf


class FakeAgreements(Shelf[Agreement]):
    unique = ("number",)

    def of_visit(self, visit_id: VisitId) -> Sequence[Agreement]:
        return sorted(self._values(lambda a: a.visit_id == visit_id), key=lambda a: (a.created_at, a.id))

    def between(self, start: datetime, end: datetime) -> Sequence[Agreement]:
        return sorted(self._values(lambda a: start <= a.created_at < end), key=lambda a: (a.created_at, a.id))

    def remove(self, agreement_id: AgreementId) -> None:
        self._table.may_change()
        self._table.rows.pop(agreement_id, None)
