"""Draws the demo guest's licence as the document camera sees it: `python -m tests.make_demo_licence`."""

import random
from datetime import date
from pathlib import Path

import cv2
import numpy as np

from tests.licence_drawings import a_style, draw_main
from tests.licence_people import Holder

TARGET = Path(__file__).resolve().parents[1] / "resources" / "demo" / "licence" / "main.jpg"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def demo_holder() -> Holder:
    """Nobody: a region code that no person has, and a place that is on no map."""
    body = "11000019910523041"
    check = "10X98765432"[sum(w * int(d) for w, d in zip(WEIGHTS, body, strict=True)) % 11]
    return Holder(
        number=body + check,
        name="张示例",
        sex="男",
        nationality="中国",
        address="示例省澄野市望江区听澜路88号3幢1202室",
        birth=date(1991, 5, 23),
        first_issue=date(2014, 7, 9),
        licence_class="C2",
        valid_from=date(2020, 7, 9),
        valid_to=date(2030, 7, 9),
        file_number="110000123456",
        record="",
    )


def main() -> None:
    """A card on a dark table, a little turned, as a person lays it down."""
    rng = random.Random(11)
    card = np.asarray(draw_main(demo_holder(), a_style(rng), rng).convert("RGB"))[:, :, ::-1]
    height, width = card.shape[:2]
    scale = 860 / width
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 1.2, scale)
    turn[:, 2] += (640 - width / 2, 360 - height / 2)
    table = np.full((720, 1280, 3), (70, 78, 84), np.uint8)
    table += np.random.default_rng(3).integers(0, 9, table.shape, np.uint8)
    drawn = cv2.warpAffine(card, turn, (1280, 720), flags=cv2.INTER_AREA)
    mask = cv2.warpAffine(np.full((height, width), 255, np.uint8), turn, (1280, 720))
    picture = np.where(mask[:, :, None] > 127, drawn, table)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(TARGET), picture, [cv2.IMWRITE_JPEG_QUALITY, 92])


if __name__ == "__main__":
    main()
