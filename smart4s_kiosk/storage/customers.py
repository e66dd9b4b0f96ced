"""Customers, found by fingerprints."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func

from smart4s_kiosk.domain.customers import Customer
from smart4s_kiosk.domain.ids import PersonId
from smart4s_kiosk.storage import tables
from smart4s_kiosk.storage.shelf import Mapping, VersionedShelf
from smart4s_kiosk.storage.transaction import Transaction


class SqlCustomers(VersionedShelf[Customer]):
    """Rows of `customers`."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction, Mapping(tables.customers, Customer))

    def by_phone(self, fingerprint: str) -> Sequence[Customer]:
        """Everybody with that whole number."""
        return self._by(self._table.c.phone_fingerprint, fingerprint)

    def by_tail(self, fingerprint: str) -> Sequence[Customer]:
        """Everybody whose number ends so."""
        return self._by(self._table.c.tail_fingerprint, fingerprint)

    def by_plate(self, fingerprint: str) -> Sequence[Customer]:
        """Everybody with that number plate."""
        return self._by(self._table.c.plate_fingerprint, fingerprint)

    def by_person(self, person_id: PersonId) -> Customer | None:
        """The one whose values that person's key seals."""
        return self._first(self._mapping.select().where(self._table.c.person_id == person_id))

    def erased(self) -> Sequence[Customer]:
        """Everybody who was forgotten."""
        columns = self._table.c
        return self._all(self._mapping.select().where(columns.erased_at.is_not(None)).order_by(columns.id))

    def not_seen_since(self, moment: datetime, *, limit: int) -> Sequence[Customer]:
        """Not erased, and neither made nor visiting since `moment`; the longest unseen first."""
        columns = self._table.c
        seen = func.coalesce(columns.last_visit_at, columns.created_at)
        wanted = self._mapping.select().where(columns.erased_at.is_(None), seen < moment)
        return self._all(wanted.order_by(seen, columns.id).limit(limit))

    def search(self, name_part: str, *, limit: int = 50) -> Sequence[Customer]:
        """Not erased, by part of the name, most recently seen first."""
        columns = self._table.c
        wanted = columns.erased_at.is_(None) & columns.name.icontains(name_part, autoescape=True)
        seen = func.coalesce(columns.last_visit_at, columns.created_at)
        statement = self._mapping.select().where(wanted).order_by(seen.desc(), columns.id.desc())
        return self._all(statement.limit(limit))

    def _by(self, column: ColumnElement[str], fingerprint: str) -> list[Customer]:
        if not fingerprint:
            return []
        columns = self._table.c
        return self._all(self._mapping.select().where(column == fingerprint).order_by(columns.created_at, columns.id))
