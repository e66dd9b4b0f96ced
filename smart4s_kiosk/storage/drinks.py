"""Guests' wishes for a drink, one a visit."""

from collections.abc import Sequence

from sqlalchemy import update

from smart4s_kiosk.domain.drinks import DrinkWish
from smart4s_kiosk.domain.ids import VisitId
from smart4s_kiosk.storage import tables
from smart4s_kiosk.storage.shelf import Mapping, Shelf
from smart4s_kiosk.storage.transaction import Transaction


class SqlDrinks(Shelf[DrinkWish]):
    """Rows of `drinks`."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction, Mapping(tables.drinks, DrinkWish))

    def find(self, visit_id: VisitId) -> DrinkWish | None:
        """The newest wish of a visit."""
        return self._first(self._mapping.select().where(self._table.c.visit_id == visit_id))

    def put(self, wish: DrinkWish) -> None:
        """A new one, or the newest in the place of the one before."""
        same = self._table.c.visit_id == wish.visit_id
        if not self._transaction.change(update(self._table).where(same).values(self._mapping.to_row(wish))):
            self._insert(wish)

    def awaited(self) -> Sequence[DrinkWish]:
        """Those that nobody has brought yet, oldest first."""
        columns = self._table.c
        wanted = self._mapping.select().where(columns.ended_at.is_(None))
        return self._all(wanted.order_by(columns.asked_at, columns.visit_id))
