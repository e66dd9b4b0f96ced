"""The other engine's process says of each character how sure it is, as the default engine does."""

import numpy as np
import pytest

from smart4s_kiosk.vision.ocr.engine import _letters
from smart4s_kiosk.vision.ocr.paddle_worker import letters_in

ALPHABET = ["blank", "森", "淼", "崔"]


def scores(*steps: tuple[float, float, float, float]) -> np.ndarray:
    return np.asarray(steps, dtype=np.float32)


LINE = scores(
    (0, 0, 0.1, 0.9), (0.9, 0, 0, 0.1), (0, 0.6, 0.4, 0), (0.05, 0.7, 0.25, 0), (1, 0, 0, 0), (0.3, 0.7, 0, 0)
)


def test_a_repeated_symbol_is_one_character_at_its_strongest_place() -> None:
    found = letters_in(LINE, ALPHABET)
    assert found == [
        [pytest.approx(0.9), "淼", pytest.approx(0.1)],
        [pytest.approx(0.7), "淼", pytest.approx(0.25)],
        [pytest.approx(0.7), "", pytest.approx(0.3)],
    ]


def test_both_engines_say_the_same_of_the_same_scores() -> None:
    ours = [[one.sure, one.second, one.second_sure] for one in _letters(LINE, ALPHABET, 1.0)]
    assert letters_in(LINE, ALPHABET) == ours


def test_an_empty_line_has_no_letters() -> None:
    assert letters_in(scores((1, 0, 0, 0), (1, 0, 0, 0)), ALPHABET) == []
