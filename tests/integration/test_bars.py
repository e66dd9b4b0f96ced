"""Every bar at a small size: it runs, and its result has a number for every goal. The full sizes are `make bars`.

Bars that have a test of their own are not repeated here: `OWN_TEST` names it.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks import (
    accept_races,
    callbacks,
    documents,
    person_keys,
    preview,
    seal_tamper,
    storage_history,
    tablet,
)
from benchmarks.__main__ import run_all, together
from benchmarks.goals import missing
from benchmarks.list_of_bars import Bar, all_bars
from smart4s_kiosk.storage.open import DatabasePlace
from tests.waiting import PATIENCE_S

OWN_TEST = {
    "crash_return": "tests/end_to_end/test_crash_return.py",
    "manager": "tests/ui/test_bars.py",
    "reception": "tests/ui/test_bars.py",
    "faces": "tests/integration/test_faces.py",
    "licences": "tests/integration/test_licence_series.py",
    "licences_drawn": "tests/integration/test_licence_series.py",
    "licences_damaged": "tests/integration/test_licence_series.py",
    "simulate_day": "tests/unit/app/test_simulate_day.py",
    "suite": ".ci/run",
    "three_processes": "tests/end_to_end/test_three_processes.py",
    "visit": "tests/end_to_end/test_scripted_visit.py",
}
SMALL: dict[str, Callable[[Path], Any]] = {
    "callbacks": lambda _folder: callbacks.measure(cases=300),
    "documents": lambda folder: documents.measure(folder, rounds=1),
    "person_keys": lambda folder: person_keys.measure(folder, people=60),
    "preview": lambda folder: {"both": preview.measure(folder, 2, with_floor=True)},
    "tablet": lambda folder: tablet.measure(folder, rounds=2),
}
ON_A_DATABASE = {"accept_races", "storage_history"}


def test_every_bar_exists_twice() -> None:
    small = {*SMALL, *ON_A_DATABASE, "seal_tamper"}
    assert small | set(OWN_TEST) == {bar.name for bar in all_bars()}
    root = Path(__file__).resolve().parents[2]
    assert [place for place in OWN_TEST.values() if not (root / place).exists()] == []


@pytest.mark.parametrize("bar", SMALL)
def test_a_bar_at_a_small_size(bar: str, tmp_path: Path) -> None:
    assert missing(bar, SMALL[bar](tmp_path)) == []


def test_two_terminals_race_for_the_same_visitors(place: DatabasePlace) -> None:
    result = accept_races.measure(place, races=5)
    assert (sum(result["wins"]), result["visits_accepted_once"], result["facts"]) == (5, 5, 5)


def test_questions_over_a_history(place: DatabasePlace) -> None:
    assert missing("storage_history", {"x": storage_history.measure(place, visits=250, days=2)}) == []


def test_no_change_of_a_seals_bytes_is_missed(tmp_path: Path) -> None:
    seal_tamper.prepare(tmp_path)
    size = (tmp_path / "sealed.pdf").stat().st_size
    for block in (2, size // 10 - 150, size // 10 - 1):
        row = seal_tamper.try_block(tmp_path, block, size=10)
        assert row["missed"] == []
        assert sum(row["tried"].values()) >= 20


def test_a_bar_that_fails_is_told_and_the_next_one_runs(capsys: pytest.CaptureFixture[str]) -> None:
    bars = [Bar(f"broken_{number}", "Has no module.") for number in range(2)]
    assert run_all(bars, is_fresh=True) == {"broken_0": "failed", "broken_1": "failed"}
    assert capsys.readouterr().out.count('"outcome": "failed"') == 2


def test_shares_run_side_by_side_and_the_worst_counts() -> None:
    status = [[sys.executable, "-c", f"raise SystemExit({number})"] for number in (0, 3, 1)]
    assert together(status, time.monotonic() + PATIENCE_S) == 3


def test_a_bar_is_stopped_at_its_limit() -> None:
    endless = [sys.executable, "-c", "import threading; threading.Event().wait()"]
    assert together([endless], time.monotonic() + 0.3) is None
