"""What a manager may change, with its history."""

from collections.abc import Sequence
from datetime import datetime

from smart4s_kiosk.domain.business_settings import BusinessSettings
from smart4s_kiosk.domain.ids import StaffId
from tests.fakes.shelves.table import Table


class FakeBusinessSettings:
    def __init__(self, table: Table) -> None:
        self._table = table

    def current(self) -> BusinessSettings:
        lines = self.history()
        return lines[-1][2] if lines else BusinessSettings()

    def put(self, settings: BusinessSettings, *, by: StaffId | None, at: datetime) -> None:
        self._table.insert(len(self._table.rows) + 1, (at, by, settings))

    def history(self) -> Sequence[tuple[datetime, StaffId | None, BusinessSettings]]:
        return list(self._table.rows.values())
