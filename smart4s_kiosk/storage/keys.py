"""Car keys."""

from collections.abc import Sequence

from smart4s_kiosk.domain.ids import CarId
from smart4s_kiosk.domain.keys import Key
from smart4s_kiosk.storage import tables
from smart4s_kiosk.storage.shelf import Mapping, VersionedShelf
from smart4s_kiosk.storage.transaction import Transaction


class SqlKeys(VersionedShelf[Key]):
    """Rows of `keys`."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction, Mapping(tables.keys, Key))

    def all(self) -> Sequence[Key]:
        """By label."""
        return self._all(self._mapping.select().order_by(self._table.c.label, self._table.c.id))

    def of_car(self, car_id: CarId) -> Sequence[Key]:
        """By label."""
        columns = self._table.c
        return self._all(self._mapping.select().where(columns.car_id == car_id).order_by(columns.label, columns.id))
