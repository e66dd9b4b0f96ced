"""`main.py licence read` as people type it: a real process, without a network where the system lets us take it away."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.licence_shelf import page, truth
from tests.waiting import PATIENCE_S

ROOT = Path(__file__).resolve().parents[2]


def without_network() -> list[str]:
    """`unshare -rn`, where user namespaces are allowed."""
    tool = shutil.which("unshare")
    if tool and subprocess.run([tool, "-rn", "true"], check=False, capture_output=True).returncode == 0:
        return [tool, "-rn"]
    return []


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*without_network(), sys.executable, "main.py", "licence", "read", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )


def test_fields_marks_and_decision_as_json(tmp_path: Path) -> None:
    holder, main = page("main", seed=5)
    _, sub = page("sub", seed=5)
    for name, picture in (("a.jpg", sub), ("b.jpg", main)):
        cv2.imwrite(str(tmp_path / name), picture)
    done = run(str(tmp_path / "a.jpg"), str(tmp_path / "b.jpg"), "--car", "automatic", "--json", "--language", "en")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    expected = {**truth(holder, "sub"), **truth(holder, "main")}
    assert {field: answer["fields"][field.value]["text"] for field in expected} == expected
    assert all(0.8 <= answer["fields"][field.value]["confidence"] <= 1 for field in expected)
    assert answer["decision"]["outcome"] in {"allow", "accompanied", "passenger_only", "refuse"}
    assert all(reason["words"] and reason["source"] for reason in answer["decision"]["reasons"])


@pytest.mark.parametrize(("language", "word"), [("zh_CN", "不是"), ("en", "not a JPEG")])
def test_a_file_that_is_no_picture_gets_one_sentence(tmp_path: Path, language: str, word: str) -> None:
    place = tmp_path / "licence.jpg"
    place.write_text("a letter", encoding="utf-8")
    done = run(str(place), "--language", language)
    assert done.returncode == 1
    assert word in done.stdout
    assert done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("a.jpg", "--at", "yesterday"), "no ISO time"),
        (("a.jpg", "--at", "2026-11-20T23:30:00"), "needs its offset"),
        (("a.jpg", "--zone", "Nowhere/City"), "no such time zone"),
        (("a.jpg", "b.jpg", "c.jpg", "--language", "en"), "two pictures at most"),
    ],
)
def test_what_cannot_be_meant_is_said_in_words(words: tuple[str, ...], said: str) -> None:
    done = run(*words)
    assert done.returncode in {1, 2}
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_picture_of_a_letter_gets_one_sentence_too(tmp_path: Path) -> None:
    sheet = np.full((900, 1400, 3), 250, dtype=np.uint8)
    for line in range(12):
        cv2.putText(sheet, "Dear Sir or Madam, thank you", (40, 80 + 60 * line), cv2.FONT_HERSHEY_SIMPLEX, 1.4, 0, 2)
    cv2.imwrite(str(tmp_path / "letter.png"), sheet)
    done = run(str(tmp_path / "letter.png"), "--json", "--language", "en")
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == "licence.not_seen"
