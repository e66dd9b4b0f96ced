"""Test-drive agreements."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from smart4s_kiosk.domain.agreements import Agreement
from smart4s_kiosk.domain.ids import AgreementId, VisitId
from smart4s_kiosk.storage import tables
from smart4s_kiosk.storage.shelf import Mapping, VersionedShelf
from smart4s_kiosk.storage.transaction import Transaction


class SqlAgreements(VersionedShelf[Agreement]):
    """Rows of `agreements`."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction, Mapping(tables.agreements, Agreement))

    def of_visit(self, visit_id: VisitId) -> Sequence[Agreement]:
        """Oldest first."""
        columns = self._table.c
        return self._all(
            self._mapping.select().where(columns.visit_id == visit_id).order_by(columns.created_at, columns.id)
        )

    def between(self, start: datetime, end: datetime) -> Sequence[Agreement]:
        """Created in that time, oldest first."""
        columns = self._table.c
        wanted = self._mapping.select().where(columns.created_at >= start, columns.created_at < end)
        return self._all(wanted.order_by(columns.created_at, columns.id))

    def remove(self, agreement_id: AgreementId) -> None:
        """Nothing is left of it but its link in the seal chain."""
        self._transaction.change(delete(self._table).where(self._table.c.id == agreement_id))
