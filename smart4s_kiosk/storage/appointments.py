"""Who is expected."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from smart4s_kiosk.domain.appointments import Appointment
from smart4s_kiosk.storage import tables
from smart4s_kiosk.storage.shelf import Mapping, VersionedShelf
from smart4s_kiosk.storage.transaction import Transaction


class SqlAppointments(VersionedShelf[Appointment]):
    """Rows of `appointments`."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction, Mapping(tables.appointments, Appointment))

    def by_code(self, code: str) -> Appointment | None:
        """The one with that code, whenever it is."""
        return self._first(self._mapping.select().where(self._table.c.code == code)) if code else None

    def between(self, start: datetime, end: datetime) -> Sequence[Appointment]:
        """By time; `end` is not included."""
        columns = self._table.c
        wanted = self._mapping.select().where(columns.at >= start, columns.at < end)
        return self._all(wanted.order_by(columns.at, columns.id))

    def forget_before(self, moment: datetime) -> int:
        """Remove those whose time was before; how many."""
        return self._transaction.change(delete(self._table).where(self._table.c.at < moment))
