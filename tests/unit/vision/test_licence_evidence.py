"""Letters of a found line that fall out of their field's zone are noticed."""

import numpy as np
import pytest

from smart4s_kiosk.vision.ocr.engine import Letter
from smart4s_kiosk.vision.ocr.evidence import pieces_in
from smart4s_kiosk.vision.ocr.layout import MAIN, F
from smart4s_kiosk.vision.ocr.registration import Line

NAME = MAIN.zones[F.NAME][0]
AS_IT_LIES = np.eye(3)


def line(text: str, left: float, right: float, *, rises: float, middle: float) -> Line:
    """Letters evenly along a line whose left end lies `rises` higher than its right end."""
    ats = [(i + 0.5) / len(text) for i in range(len(text))]
    letters = tuple(Letter(char, 0.99, at) for char, at in zip(text, ats, strict=True))
    top, bottom = middle - 30, middle + 30
    quad = [[left, top - rises], [right, top], [right, bottom], [left, bottom - rises]]
    return Line(np.asarray(quad, dtype=np.float32), letters)


@pytest.mark.parametrize(("rises", "read", "leaves"), [(0, "郑雨俊", False), (48, "雨俊", True)])
def test_a_first_letter_above_the_zone_does_not_vanish_unnoticed(rises: float, read: str, leaves: bool) -> None:
    (piece,) = pieces_in([line("郑雨俊", 185, 317, rises=rises, middle=270)], NAME, AS_IT_LIES)
    assert "".join(letter.char for letter in piece.letters) == read
    assert piece.leaves_zone is leaves


def test_a_label_before_the_value_is_no_lost_letter() -> None:
    (piece,) = pieces_in([line("姓名郑雨俊", 93, 317, rises=0, middle=270)], NAME, AS_IT_LIES)
    assert "".join(letter.char for letter in piece.letters) == "郑雨俊"
    assert not piece.leaves_zone
