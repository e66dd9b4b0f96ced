"""Goals of the bars: what counts in a result, and that nothing unmeasured or failed is ever shown as met."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.goals import Goal, NoNumber, all_goals, missed
from benchmarks.list_of_bars import all_bars
from benchmarks.results_file import Recorded, recorded
from benchmarks.table import as_text, rows_of

RESULT = {"a": {"ms": [3, 7.5]}, "b": {"ms": [5]}, "ok": {"x": True, "y": False}, "none": [], "words": "12"}


def a_goal(
    value: str | tuple[str, ...], *, per: tuple[str, ...] = (), limit: float = 6, is_floor: bool = False
) -> Goal:
    return Goal("a bar", "says", "ours", value, per, limit, is_floor)


@pytest.mark.parametrize(
    ("goal", "number"),
    [
        (a_goal("*.ms.*"), 7.5),
        (a_goal("*.ms.*", is_floor=True), 3),
        (a_goal("a.ms.#"), 2),
        (a_goal("none.#"), 0),
        (a_goal("ok.*", is_floor=True), 0),
        (a_goal(("a.ms.*", "b.ms.*")), 15.5),
        (a_goal(("a.ms.*",), per=("b.ms.*",)), 2.1),
    ],
)
def test_the_worst_number_counts_or_the_sum(goal: Goal, number: float) -> None:
    assert goal.number(RESULT) == pytest.approx(number)


@pytest.mark.parametrize(
    "goal", [a_goal("c.ms"), a_goal("none.*"), a_goal("words"), a_goal(("a.ms.*",), per=("none.#",)), a_goal("a.ms.x")]
)
def test_where_nothing_was_measured_there_is_no_number(goal: Goal) -> None:
    with pytest.raises(NoNumber):
        goal.number(RESULT)


def test_a_limit_itself_is_good_enough() -> None:
    assert a_goal("b.ms.*", limit=5).is_met_by(5)
    assert a_goal("b.ms.*", limit=5, is_floor=True).is_met_by(5)
    assert not a_goal("b.ms.*", limit=5).is_met_by(5.01)
    assert not a_goal("b.ms.*", limit=5, is_floor=True).is_met_by(4.99)


def test_a_bar_says_in_words_what_it_missed() -> None:
    assert missed("crash_return", {"worst_s": 4.9}) == []
    assert missed("crash_return", {"worst_s": 5.1}) == [
        "crash to the welcome page on the screen, worst s: 5.1, wanted <= 5"
    ]
    assert missed("crash_return", {}) == ["crash to the welcome page on the screen, worst s: not measured"]


def test_nothing_is_met_without_a_result_without_a_goal_or_after_a_failure() -> None:
    good = Recorded("abc+", datetime.now(UTC).strftime("%Y-%m-%d %H:%M"), {"b": {"ms": [5]}})
    goal = a_goal("b.ms.*")
    (met,) = rows_of("a bar", [goal], good, {})
    assert (met.is_met, met.result) == (True, "5")
    assert met.measured in {"abc+ today, older code", "abc+ 1 d, older code"}  # midnight may have passed
    for rows in (
        rows_of("a bar", [goal], None, {}),
        rows_of("a bar", [], good, {}),
        rows_of("a bar", [goal], good, {"a bar": "failed"}),
        rows_of("a bar", [a_goal("c")], good, {}),
    ):
        assert [row.is_met for row in rows] == [False]
    table = as_text([met, *rows_of("a bar", [goal], None, {})])
    assert "1 of 2 goals met" in table
    assert "never" in table


def test_every_bar_has_a_goal_and_every_goal_a_bar() -> None:
    assert {goal.bar for goal in all_goals()} == {bar.name for bar in all_bars()}


def test_a_result_that_was_never_saved_is_none(tmp_path: Path) -> None:
    assert recorded("visit", tmp_path) is None
