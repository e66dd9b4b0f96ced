"""Guests' wishes for a drink."""

from collections.abc import Sequence

from smart4s_kiosk.domain.drinks import DrinkWish
from smart4s_kiosk.domain.ids import VisitId
from tests.fakes.shelves.table import Table


class FakeDrinks:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, visit_id: VisitId) -> DrinkWish | None:
        found: DrinkWish | None = self._table.rows.get(visit_id)
        return found

    def put(self, wish: DrinkWish) -> None:
        self._table.update(wish.visit_id, wish)

    def awaited(self) -> Sequence[DrinkWish]:
        still = [wish for wish in self._table.rows.values() if wish.is_awaited]
        return sorted(still, key=lambda wish: (wish.asked_at, wish.visit_id))
