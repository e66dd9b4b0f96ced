"""Keys of the test cars."""

from collections.abc import Sequence

from smart4s_kiosk.domain.ids import CarId
from smart4s_kiosk.domain.keys import Key
from tests.fakes.shelves.table import Shelf


class FakeKeys(Shelf[Key]):
    def all(self) -> Sequence[Key]:
        return sorted(self._values(), key=lambda k: (k.label, k.id))

    def of_car(self, car_id: CarId) -> Sequence[Key]:
        return sorted(self._values(lambda k: k.car_id == car_id), key=lambda k: (k.label, k.id))
