"""One terminal's way to a connector, over a line that fails as told; each test module brings its own `connector`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.cloud.faulty_line import FaultyLine, faulty_line
from tests.integration.cloud.running import Running
from tests.integration.cloud.showroom import Showroom, showroom


@pytest.fixture
def line(connector: Running) -> Iterator[FaultyLine]:
    with faulty_line(connector.base_url) as made:
        yield made


@pytest.fixture
def store(tmp_path: Path) -> str:
    """A store of the test's own."""
    return f"store-{tmp_path.name[-24:]}"


@pytest.fixture
def room(connector: Running, line: FaultyLine, store: str, tmp_path: Path) -> Iterator[Showroom]:
    """A terminal that the connector knows."""
    with showroom(tmp_path, line.url) as made:
        connector.introduce_room(made, store)
        yield made
