"""A consultant's tablet in a room of fakes."""

from collections.abc import Iterator

import pytest

from tests.tablet_room import TabletRoom
from tests.ui.tablet.touched_tablet import Tablet


@pytest.fixture
def tablet() -> Iterator[Tablet]:
    made = Tablet(TabletRoom())
    yield made
    made.close()
