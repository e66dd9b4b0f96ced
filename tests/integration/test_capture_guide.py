"""Tips while a licence is held before the camera, and the moment of the picture."""

import random

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from smart4s_kiosk.vision.ocr.capture_guide import Advice, CaptureGuide, Tip, guide_for
from tests.licence_damage import noise
from tests.licence_drawings import draw_electronic, draw_main, draw_sub
from tests.licence_people import a_holder
from tests.licence_shelf import NOW, plain_style

Picture = NDArray[np.uint8]
WIDTH, HEIGHT = 1280, 720


def scene(share: float = 0.95, *, kind: str = "main", corners: float = 0.0) -> Picture:
    """A 720p preview: the page on a grey table, filling this share of the guide."""
    rng = random.Random(6)
    holder, style = a_holder(rng), plain_style()
    upright = kind == "elec"
    if kind == "main":
        card = draw_main(holder, style, rng)
    elif kind == "sub":
        card = draw_sub(holder, style, rng)
    else:
        card = draw_electronic(holder, style, rng, now=NOW)
    place = guide_for(WIDTH, HEIGHT, upright=upright)
    wide, high = place.width * share, place.height * share
    left, top = (WIDTH - wide) / 2, (HEIGHT - high) / 2
    near = corners * high
    target = np.asarray(
        [[left, top + near], [left + wide, top], [left + wide, top + high], [left, top + high - near]], np.float32
    )
    source = np.asarray([[0, 0], [card.width, 0], [card.width, card.height], [0, card.height]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, target)
    table = np.full((HEIGHT, WIDTH, 3), 85, dtype=np.uint8)
    placed = cv2.warpPerspective(np.asarray(card)[:, :, ::-1], matrix, (WIDTH, HEIGHT), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((card.height, card.width), 255, np.uint8), matrix, (WIDTH, HEIGHT))
    return np.where(mask[:, :, None] > 127, placed, table).astype(np.uint8)


def settled(picture: Picture, *, upright: bool = False) -> Advice:
    """The advice once the hand rests."""
    guide = CaptureGuide(upright=upright)
    for _ in range(5):
        advice = guide.judge(picture)
    return advice


@pytest.mark.parametrize("kind", ["main", "sub", "elec"])
def test_a_good_picture_is_taken_once_it_rests(kind: str) -> None:
    picture = scene(kind=kind)
    guide = CaptureGuide(upright=kind == "elec")
    first = guide.judge(picture)
    assert first.tips == (Tip.HOLD_STILL,)
    later = [guide.judge(picture) for _ in range(4)]
    assert later[-1].take_it


def test_a_moving_hand_is_asked_to_rest() -> None:
    picture, guide = scene(), CaptureGuide()
    for step in range(6):
        advice = guide.judge(np.roll(picture, 14 * step, axis=1))
    assert Tip.HOLD_STILL in advice.tips
    assert not advice.take_it


def test_sensor_noise_of_a_resting_hand_is_not_movement() -> None:
    rng, guide = random.Random(1), CaptureGuide()
    for _ in range(6):
        advice = guide.judge(noise(scene(), rng, 4.0))
    assert advice.take_it


def test_darkness() -> None:
    assert settled((scene() * 0.2).astype(np.uint8)).tips == (Tip.TOO_DARK,)


def test_an_empty_table() -> None:
    assert settled(np.full((HEIGHT, WIDTH, 3), 120, dtype=np.uint8)).tips == (Tip.NO_CARD,)


def test_a_lamp_on_the_card() -> None:
    picture = scene().astype(np.float32)
    x, y = np.meshgrid(np.arange(WIDTH), np.arange(HEIGHT))
    picture += (np.exp(-(((x - 560) / 90) ** 2 + ((y - 330) / 50) ** 2)) * 320)[:, :, None]
    assert Tip.GLARE in settled(np.clip(picture, 0, 255).astype(np.uint8)).tips


def test_too_far_away() -> None:
    assert Tip.CLOSER in settled(scene(0.45)).tips


def test_out_of_focus() -> None:
    blurred = cv2.GaussianBlur(scene(), (0, 0), 4)
    assert Tip.BLURRED in settled(np.asarray(blurred, dtype=np.uint8)).tips


def test_held_at_an_angle() -> None:
    assert Tip.FLATTEN in settled(scene(corners=0.1)).tips
    assert Tip.FLATTEN not in settled(scene(corners=0.02)).tips
