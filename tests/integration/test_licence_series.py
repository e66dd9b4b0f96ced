"""The bars of reading licences at a small size: each tier once, each damage once; no number, date or class in silence."""

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

import cv2
import pytest

from benchmarks.goals import missing
from benchmarks.licence_scores import PageScore, score_page
from benchmarks.licences import measured, report
from benchmarks.licences_drawn import TIERS, draw, read_series
from tests.licence_damage import KINDS
from tests.licence_shelf import page, reader


def series(pages: int, state: Path, **more: Any) -> list[PageScore]:
    chosen = Namespace(pages=pages, seed=7, damaged=False, fonts=None, state=state, share=(0, 1))
    return read_series(reader(), Namespace(**(vars(chosen) | more)))


def silent_mistakes(pages: list[PageScore]) -> object:
    return report(pages)["wrong_unmarked_critical"]


def test_each_tier_once(tmp_path: Path) -> None:
    pages = series(len(TIERS), tmp_path / "state.jsonl")
    assert [page.tier for page in pages] == list(TIERS)
    assert silent_mistakes(pages) == []
    assert missing("licences_drawn", {"rapidocr": report(pages)}) == []
    again = series(len(TIERS), tmp_path / "state.jsonl")
    assert [page.seconds for page in again] == [page.seconds for page in pages], "a stopped run goes on where it stood"


@pytest.mark.slow
def test_each_damage_once(tmp_path: Path) -> None:
    pages = series(len(KINDS), tmp_path / "state.jsonl", seed=2026, damaged=True)
    assert {page.tier for page in pages} == set(KINDS)
    assert silent_mistakes(pages) == []
    assert missing("licences_damaged", {"rapidocr": report(pages)}) == []
    right = sum(field.result == "right" for page in pages for field in page.fields)
    assert right >= 0.8 * sum(len(page.fields) for page in pages)


def test_a_page_that_lies_wrongly_under_its_zones_takes_no_date_in_silence(tmp_path: Path) -> None:
    """Of this one, turned by 52 degrees, no number was read, and the day of first issue stood as the birth, unmarked."""
    entry, picture = draw(1799, 2026, with_damage=True, fonts=None)
    score = score_page(entry, reader().read([picture]), seconds=0, cpu=0)
    assert any(field.result == "wrong" for field in score.fields)
    assert [field for field in score.fields if field.is_silent_mistake] == []


def test_pictures_with_their_truth_in_a_folder(tmp_path: Path) -> None:
    entries = []
    for number, tier in enumerate(TIERS):
        holder, picture = page("main", seed=number, tier=tier)
        cv2.imwrite(str(tmp_path / f"{tier}.png"), picture)
        entries.append({"file": f"{tier}.png", "tier": tier, "kind": "main", "fields": holder.truth("main")})
    (tmp_path / "truth.json").write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    result = measured("rapidocr", tmp_path, limit=None)
    assert missing("licences", {"rapidocr": result}) == []
    assert result["wrong_unmarked_critical"] == []
