"""Quotes in all their versions."""

from collections.abc import Callable, Sequence
from datetime import datetime

from smart4s_kiosk.domain.errors import NotFound
from smart4s_kiosk.domain.ids import QuoteId, VisitId
from smart4s_kiosk.ports.storage import QuoteRecord
from tests.fakes.shelves.table import Table


class FakeQuotes:
    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, quote: QuoteRecord) -> None:
        self._table.insert((quote.id, quote.version), quote)

    def get(self, quote_id: QuoteId, version: int | None = None) -> QuoteRecord:
        found = [q for q in self._all() if q.id == quote_id and version in {None, q.version}]
        if not found:
            raise NotFound(concept="quotes", id=quote_id, version=version)
        return max(found, key=lambda q: q.version)

    def of_visit(self, visit_id: VisitId) -> Sequence[QuoteRecord]:
        return self._ordered(lambda q: q.visit_id == visit_id)

    def between(self, start: datetime, end: datetime) -> Sequence[QuoteRecord]:
        return self._ordered(lambda q: start <= q.issued_at < end)

    def _ordered(self, wanted: Callable[[QuoteRecord], bool]) -> list[QuoteRecord]:
        return sorted(filter(wanted, self._all()), key=lambda q: (q.issued_at, q.id, q.version))

    def _all(self) -> list[QuoteRecord]:
        return list(self._table.rows.values())

    def remove(self, quote_id: QuoteId, version: int) -> None:
        self._table.may_change()
        self._table.rows.pop((quote_id, version), None)
