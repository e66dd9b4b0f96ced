"""What was agreed to."""

from collections.abc import Callable, Sequence

from smart4s_kiosk.domain.consents import Consent
from smart4s_kiosk.domain.errors import NotFound
from smart4s_kiosk.domain.ids import CustomerId, VisitId
from tests.fakes.shelves.table import Table


class FakeConsents:
    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, consent: Consent) -> None:
        self._table.insert(consent.id, consent)

    def put(self, consent: Consent) -> None:
        self._table.may_change()
        self.get(consent.id)
        self._table.update(consent.id, consent)

    def get(self, consent_id: str) -> Consent:
        found: Consent | None = self._table.rows.get(consent_id)
        if found is None:
            raise NotFound(concept="consents", id=consent_id)
        return found

    def of_customer(self, customer_id: CustomerId) -> Sequence[Consent]:
        return self._ordered(lambda c: c.customer_id == customer_id)

    def of_visit(self, visit_id: VisitId) -> Sequence[Consent]:
        return self._ordered(lambda c: c.visit_id == visit_id)

    def _ordered(self, wanted: Callable[[Consent], bool]) -> list[Consent]:
        return sorted(filter(wanted, self._table.rows.values()), key=lambda c: (c.at, c.id))
