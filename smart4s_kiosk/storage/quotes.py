"""Issued quotes, every version."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from smart4s_kiosk.domain.errors import NotFound
from smart4s_kiosk.domain.ids import QuoteId, VisitId
from smart4s_kiosk.ports.storage import QuoteRecord
from smart4s_kiosk.storage import tables
from smart4s_kiosk.storage.shelf import Mapping, Shelf
from smart4s_kiosk.storage.transaction import Transaction


class SqlQuotes(Shelf[QuoteRecord]):
    """Rows of `quotes`."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction, Mapping(tables.quotes, QuoteRecord))

    def add(self, quote: QuoteRecord) -> None:
        """One version, as issued."""
        self._insert(quote)

    def get(self, quote_id: QuoteId, version: int | None = None) -> QuoteRecord:
        """One version; the newest without a number."""
        columns = self._table.c
        wanted = self._mapping.select().where(columns.id == quote_id)
        if version is not None:
            wanted = wanted.where(columns.version == version)
        found = self._first(wanted.order_by(columns.version.desc()))
        if found is None:
            raise NotFound(concept="quotes", id=quote_id, version=version)
        return found

    def of_visit(self, visit_id: VisitId) -> Sequence[QuoteRecord]:
        """By time of issue."""
        columns = self._table.c
        wanted = self._mapping.select().where(columns.visit_id == visit_id)
        return self._all(wanted.order_by(columns.issued_at, columns.id, columns.version))

    def between(self, start: datetime, end: datetime) -> Sequence[QuoteRecord]:
        """Issued in that time, oldest first."""
        columns = self._table.c
        wanted = self._mapping.select().where(columns.issued_at >= start, columns.issued_at < end)
        return self._all(wanted.order_by(columns.issued_at, columns.id, columns.version))

    def remove(self, quote_id: QuoteId, version: int) -> None:
        """This version is gone."""
        columns = self._table.c
        self._transaction.change(delete(self._table).where(columns.id == quote_id, columns.version == version))
