"""Small pieces of every paper."""

import pytest

from smart4s_kiosk.documents.blocks import state_of_car


@pytest.mark.parametrize(
    ("level", "printed"), [("", "2,210 km"), ("80 %", "2,210 km · 80 %")], ids=["not written down", "written down"]
)
def test_no_mark_stands_where_nobody_wrote_the_energy_level(level: str, printed: str) -> None:
    assert state_of_car(2210, level) == printed
