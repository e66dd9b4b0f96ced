"""Numbers that people read: 1, 2, 3, ... for each name and day."""

from datetime import date

from sqlalchemy import select, update

from smart4s_kiosk.storage import tables
from smart4s_kiosk.storage.transaction import Transaction

_TABLE = tables.counters


class SqlCounters:
    """Rows of `counters`."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def next(self, name: str, day: date) -> int:
        """The next number; given back when the unit of work does not commit."""
        this = (_TABLE.c.name == name) & (_TABLE.c.day == day)
        if not self._transaction.change(update(_TABLE).where(this).values(value=_TABLE.c.value + 1)):
            self._transaction.insert(_TABLE, name=name, day=day, value=1)
        return int(self._transaction.value(select(_TABLE.c.value).where(this)))
