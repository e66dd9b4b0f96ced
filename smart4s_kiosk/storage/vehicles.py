"""Test cars."""

from collections.abc import Sequence

from smart4s_kiosk.domain.vehicles import TestCar
from smart4s_kiosk.storage import tables
from smart4s_kiosk.storage.shelf import Mapping, VersionedShelf
from smart4s_kiosk.storage.transaction import Transaction


class SqlVehicles(VersionedShelf[TestCar]):
    """Rows of `vehicles`."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction, Mapping(tables.vehicles, TestCar))

    def all(self) -> Sequence[TestCar]:
        """By plate."""
        return self._all(self._mapping.select().order_by(self._table.c.plate, self._table.c.id))
