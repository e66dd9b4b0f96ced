"""Answers to consent questions."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, update

from smart4s_kiosk.domain.consents import Consent
from smart4s_kiosk.domain.errors import NotFound
from smart4s_kiosk.domain.ids import ConsentId, CustomerId, VisitId
from smart4s_kiosk.storage import tables
from smart4s_kiosk.storage.shelf import Mapping, Shelf
from smart4s_kiosk.storage.transaction import Transaction


class SqlConsents(Shelf[Consent]):
    """Rows of `consents`."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction, Mapping(tables.consents, Consent))

    def add(self, consent: Consent) -> None:
        """One answer."""
        self._insert(consent)

    def put(self, consent: Consent) -> None:
        """The same answer, withdrawn or belonging to somebody."""
        same = self._table.c.id == consent.id
        if not self._transaction.change(update(self._table).where(same).values(self._mapping.to_row(consent))):
            raise NotFound(concept="consents", id=consent.id)

    def get(self, consent_id: ConsentId) -> Consent:
        """One answer; `NotFound`."""
        found = self._first(self._mapping.select().where(self._table.c.id == consent_id))
        if found is None:
            raise NotFound(concept="consents", id=consent_id)
        return found

    def of_customer(self, customer_id: CustomerId) -> Sequence[Consent]:
        """By time."""
        return self._ordered(self._table.c.customer_id == customer_id)

    def of_visit(self, visit_id: VisitId) -> Sequence[Consent]:
        """By time."""
        return self._ordered(self._table.c.visit_id == visit_id)

    def _ordered(self, wanted: ColumnElement[bool]) -> list[Consent]:
        columns = self._table.c
        return self._all(self._mapping.select().where(wanted).order_by(columns.at, columns.id))
