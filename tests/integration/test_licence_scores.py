"""The benchmark's own arithmetic: what counts as right, wrong, blank, silent; a stopped run goes on."""

import json
from argparse import ArgumentTypeError
from dataclasses import asdict
from pathlib import Path

import pytest

from benchmarks.licence_scores import FieldScore, PageScore, counts, summary
from benchmarks.licences_drawn import a_share, load_state
from smart4s_kiosk.domain.licences import LicenceField

F = LicenceField


def a_page(*fields: FieldScore) -> PageScore:
    return PageScore("a", "easy", "main", 1.0, 1.0, list(fields))


RIGHT = FieldScore(F.NAME, "王芳", "王芳", [], 0.99)
MARKED = FieldScore(F.NAME, "王芳", "王芳", ["weak"], 0.4)
WRONG = FieldScore(F.BIRTH, "1990-01-01", "1998-01-01", ["weak"], 0.4)
SILENT = FieldScore(F.BIRTH, "1990-01-01", "1998-01-01", [], 0.99)
BLANK = FieldScore(F.BIRTH, "1990-01-01", "", ["missing"], 0.0)


def test_every_result_is_counted_once() -> None:
    found = counts([a_page(RIGHT, WRONG), a_page(MARKED, SILENT), a_page(RIGHT, BLANK), a_page(RIGHT)])
    assert (found["right"], found["wrong"], found["blank"]) == (4, 2, 1)
    assert (found["marked_right"], found["wrong_unmarked"], found["whole_documents"]) == (1, 1, 1)


def test_silent_mistakes_are_named_and_dates_stand_apart() -> None:
    name = FieldScore(F.NAME, "王芳", "王方", [], 0.9)
    found = summary([a_page(SILENT, name)])
    assert [one["field"] for one in found["wrong_unmarked_critical"]] == ["birth"]  # type: ignore[attr-defined] # a list of mistakes
    assert [one["field"] for one in found["wrong_unmarked_other"]] == ["name"]  # type: ignore[attr-defined] # a list of mistakes


def test_a_stopped_run_goes_on_unless_the_code_changed(tmp_path: Path) -> None:
    state = tmp_path / "state.jsonl"
    page = a_page(RIGHT, SILENT)
    rows = [{"index": 7, "code": "new", **asdict(page)}, {"index": 8, "code": "old", **asdict(page)}]
    state.write_text("\n".join(json.dumps(row) for row in rows) + '\n{"index": 9, "co', encoding="utf-8")
    assert load_state(state, "new") == {7: page}
    assert load_state(tmp_path / "none", "new") == {}


def test_two_shares_are_the_whole_series() -> None:
    first, second = a_share("1/2"), a_share("2/2")
    pages = [*range(first[0], 9, first[1]), *range(second[0], 9, second[1])]
    assert sorted(pages) == list(range(9))
    with pytest.raises(ArgumentTypeError):
        a_share("3/2")
