"""Business settings with their history."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import func, select

from smart4s_kiosk.domain.business_settings import BusinessSettings
from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.storage import tables
from smart4s_kiosk.storage.transaction import Transaction

_TABLE = tables.business_settings


class SqlSettings:
    """Rows of `business_settings`: only ever added to."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def current(self) -> BusinessSettings:
        """The newest; the defaults before the first start is done."""
        newest = self._transaction.value(select(_TABLE.c.content).order_by(_TABLE.c.number.desc()))
        return BusinessSettings() if newest is None else cast("BusinessSettings", newest)

    def put(self, settings: BusinessSettings, *, by: StaffId | None, at: datetime) -> None:
        """From now on these hold."""
        last = self._transaction.value(select(func.max(_TABLE.c.number))) or 0
        self._transaction.insert(_TABLE, number=last + 1, at=at, by=by, content=settings)

    def history(self) -> Sequence[tuple[datetime, StaffId | None, BusinessSettings]]:
        """Oldest first."""
        columns = _TABLE.c
        rows = self._transaction.rows(select(columns.at, columns.by, columns.content).order_by(columns.number))
        return [(at, by, settings) for at, by, settings in rows]
