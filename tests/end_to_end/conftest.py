"""What end-to-end tests share: one filled showroom a run, which each test copies."""

from pathlib import Path

import pytest

from tests.end_to_end.real_showroom import fill_showroom


@pytest.fixture(scope="session")
def filled_showroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo showroom without cameras, closed."""
    return fill_showroom(tmp_path_factory.mktemp("filled"))
