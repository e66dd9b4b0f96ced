"""The bars that paint pages, at a small size (the others: `tests/integration/test_bars.py`)."""

from pathlib import Path

from benchmarks import manager, reception
from benchmarks.goals import missing
from smart4s_kiosk.storage.open import DatabasePlace


def test_the_managers_figures(tmp_path: Path) -> None:
    assert missing("manager", manager.measure(tmp_path, visits=2, days=3)) == []


def test_the_console_over_a_history(sqlcipher_place: DatabasePlace) -> None:
    assert missing("reception", {"x": reception.measure(sqlcipher_place, visits=1300, rounds=1)}) == []
