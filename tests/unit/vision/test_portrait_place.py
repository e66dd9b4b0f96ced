"""A portrait is blacked out only where one can be: elsewhere no picture is handed on."""

import numpy as np
import pytest

from smart4s_kiosk.vision.ocr.portrait import is_upright_rectangle

RIGHT = {
    "straight": [[880, 370], [1235, 370], [1235, 850], [880, 850]],
    "held aslant": [[880, 370], [1230, 420], [1190, 900], [820, 850]],
    "in perspective": [[880, 380], [1200, 360], [1260, 860], [870, 830]],
}
WRONG = {
    "a wedge": [[586, 183], [3600, 60], [2300, 900], [716, 450]],
    "mirrored": [[1235, 370], [880, 370], [880, 850], [1235, 850]],
    "on its head": [[1235, 850], [880, 850], [880, 370], [1235, 370]],
    "a line": [[880, 370], [1235, 370], [1235, 371], [880, 371.5]],
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_portrait_of_a_card_held_in_the_hand(name: str) -> None:
    assert is_upright_rectangle(np.asarray(RIGHT[name], dtype=np.float32))


@pytest.mark.parametrize("name", WRONG)
def test_no_portrait_looks_like_this(name: str) -> None:
    assert not is_upright_rectangle(np.asarray(WRONG[name], dtype=np.float32))
