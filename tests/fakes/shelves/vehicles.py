"""Test cars."""

from collections.abc import Sequence

from smart4s_kiosk.domain.vehicles import TestCar
from tests.fakes.shelves.table import Shelf


class FakeVehicles(Shelf[TestCar]):
    def all(self) -> Sequence[TestCar]:
        return sorted(self._values(), key=lambda c: (c.plate, c.id))
