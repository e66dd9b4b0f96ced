"""Where guests' wishes for a drink are kept."""

from collections.abc import Sequence
from typing import Protocol

from smart4s_kiosk.domain.drinks import DrinkWish
from smart4s_kiosk.domain.ids import VisitId


class DrinkShelf(Protocol):
    """One wish a visit, the newest; forgotten with its visit."""

    def find(self, visit_id: VisitId) -> DrinkWish | None: ...
    def put(self, wish: DrinkWish) -> None:
        """A new one, or the newest in the place of the one before."""
        ...

    def awaited(self) -> Sequence[DrinkWish]:
        """Those that nobody has brought yet, oldest first."""
        ...
