"""The bars by hour."""

import pytest

from smart4s_kiosk.ui.manager.hour_chart import label_every


@pytest.mark.parametrize(("wide", "every"), [(40, 1), (24, 1), (23, 2), (13, 2), (9, 3), (6, 4), (4, 6), (1, 12)])
def test_names_of_hours_never_run_into_each_other(wide: float, every: int) -> None:
    assert label_every(wide, 24.0) == every
