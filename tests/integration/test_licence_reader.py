"""The real reader on drawn pages: turns, styles, damage, the portrait, documents that are none."""

import random
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from smart4s_kiosk.domain.licences import LicenceField, LicenceKind, Mark, PageKind
from smart4s_kiosk.vision.ocr.page_reader import MAX_SIDE
from smart4s_kiosk.vision.ocr.picture_files import decode_picture
from tests.licence_damage import jpeg
from tests.licence_drawings import FONTS, draw_main, font
from tests.licence_people import Holder, a_holder
from tests.licence_shelf import page, plain_style, reader, truth

F = LicenceField


@pytest.mark.parametrize(("turn", "turned"), [(90, 270), (180, 180), (271.5, 90), (35, 325)])
def test_a_main_page_turned_any_way(turn: float, turned: int) -> None:
    holder, picture = page("main", turn=turn, seed=int(turn))
    reading = reader().read([picture])
    expected = truth(holder, "main")
    assert {field: reading.text(field) for field in expected} == expected
    assert abs(reading.pages[0].turned - turned) <= 4


def test_printed_zeros_with_a_stroke() -> None:
    holder, picture = page("main", seed=11, slashed_zeros=True, tier="med")
    reading = reader().read([picture])
    for field in (F.NUMBER, F.BIRTH, F.FIRST_ISSUE, F.VALID_FROM, F.VALID_TO):
        assert reading.text(field) == truth(holder, "main")[field]


def skin_in(picture: np.ndarray) -> int:
    """Pixels inside patches of skin colour; the thin edges of the red seal are no patches."""
    mask = cv2.inRange(cv2.cvtColor(picture, cv2.COLOR_BGR2HSV), (8, 50, 150), (18, 120, 255))
    return cv2.countNonZero(cv2.erode(mask, np.ones((15, 15), np.uint8)))


def test_the_portrait_is_black_and_the_rest_is_not() -> None:
    _, picture = page("main", seed=3)
    reading = reader().read([picture])
    kept = decode_picture(reading.pages[0].picture)
    assert skin_in(picture) > 3000
    assert skin_in(kept) == 0
    assert float(kept.mean()) > 60


def covered(seed: int, box: tuple[int, int, int, int], colour: tuple[int, int, int]) -> tuple[dict[F, str], np.ndarray]:
    rng = random.Random(seed)
    holder = a_holder(rng)
    card = draw_main(holder, plain_style(), rng)
    ImageDraw.Draw(card).rectangle(box, fill=colour)
    table = np.full((1080, 1600, 3), 90, dtype=np.uint8)
    table[80:962, 150:1400] = np.asarray(card)[:, :, ::-1]
    return truth(holder, "main"), jpeg(table, 85)


@pytest.mark.parametrize(
    ("field", "box"),
    [
        (F.NUMBER, (700, 175, 800, 240)),
        (F.NUMBER, (480, 175, 560, 240)),
        (F.BIRTH, (640, 470, 720, 540)),
        (F.FIRST_ISSUE, (700, 550, 900, 620)),
        (F.LICENCE_CLASS, (636, 620, 860, 715)),
        (F.VALID_FROM, (330, 725, 420, 800)),
        (F.VALID_TO, (760, 720, 900, 800)),
        (F.NAME, (225, 235, 420, 310)),
    ],
)
def test_what_a_finger_covers_is_never_taken_in_silence(field: F, box: tuple[int, int, int, int]) -> None:
    expected, picture = covered(21, box, (214, 160, 130))
    found = reader().read([picture]).fields[field]
    assert found.is_marked or found.text == expected[field]


FINGER = {"skin": (120, 150, 205), "nail": (175, 195, 232), "in shadow": (60, 80, 110)}


@pytest.mark.parametrize("colour", FINGER)
@pytest.mark.parametrize("letter", [0, 1, 2])
def test_a_letter_of_a_name_under_a_finger_tip_leaves_a_mark(colour: str, letter: int) -> None:
    rng = random.Random(41)
    holder, style = replace(a_holder(rng), name="郑雨俊"), replace(plain_style(), shift=(-6, 4))
    card = np.asarray(draw_main(holder, style, rng))[:, :, ::-1].copy()
    middle = (185 + style.shift[0] + 22 + 44 * letter, 265 + style.shift[1])
    cv2.ellipse(card, middle, (24, 40), 0, 0, 360, FINGER[colour], -1)
    table = np.full((1080, 1600, 3), 90, dtype=np.uint8)
    table[80:962, 150:1400] = card
    name = reader().read([jpeg(table, 80)]).fields[F.NAME]
    assert name.text == "郑雨俊" or name.is_marked


def burnt(seed: int, middle: tuple[int, int], reach: tuple[int, int], **changes: Any) -> tuple[Holder, np.ndarray]:
    """A page with a lamp's spot on the card that leaves no ink in its middle."""
    rng = random.Random(seed)
    holder = replace(a_holder(rng), **changes)
    card = np.asarray(draw_main(holder, plain_style(), rng))[:, :, ::-1].astype(np.float64)
    y, x = np.mgrid[: card.shape[0], : card.shape[1]]
    spot = 330 * np.exp(-(((x - middle[0]) / reach[0]) ** 2 + ((y - middle[1]) / reach[1]) ** 2))
    table = np.full((1080, 1600, 3), 90, dtype=np.uint8)
    table[80:962, 150:1400] = np.clip(card + spot[:, :, None], 0, 255)
    return holder, jpeg(table, 85)


@pytest.mark.parametrize(
    ("field", "middle", "reach", "changes"),
    [
        (F.LICENCE_CLASS, (690, 700), (90, 34), {"licence_class": "C1E"}),
        (F.LICENCE_CLASS, (690, 668), (30, 60), {"licence_class": "A2D"}),
        (F.NAME, (300, 270), (26, 60), {"name": "易涵新"}),
        (F.NAME, (207, 270), (24, 40), {"name": "梁宸杰"}),
        (F.ADDRESS, (120, 424), (200, 40), {"address": "浙江省杭州市余杭区五常街道文一西路286弄32号26室"}),
        (F.ADDRESS, (740, 340), (24, 60), {"address": "重庆市渝北区龙溪街道金山路605号34幢10-18"}),
    ],
)
def test_what_a_lamp_burns_away_is_never_taken_in_silence(
    field: F, middle: tuple[int, int], reach: tuple[int, int], changes: dict[str, str]
) -> None:
    _, picture = burnt(23, middle, reach, **changes)
    reading = reader().read([picture])
    assert reading.fields[field].is_marked
    for other in (F.NUMBER, F.BIRTH, F.FIRST_ISSUE):
        assert not reading.fields[other].is_marked


def test_a_second_line_of_one_digit_is_not_overlooked_in_silence() -> None:
    _, picture = burnt(23, (-900, -900), (1, 1), address="四川省成都市武侯区天府大道中段一1134号35幢20-14")
    found = reader().read([picture]).fields[F.ADDRESS]
    assert found.text.endswith("20-14") or found.is_marked


@pytest.mark.parametrize("box", [(700, 175, 800, 240), (478, 170, 1100, 238)])
def test_a_hidden_number_is_taken_from_below_the_portrait_with_a_mark(box: tuple[int, int, int, int]) -> None:
    expected, picture = covered(22, box, (214, 160, 130))
    found = reader().read([picture]).fields[F.NUMBER]
    assert found.text == expected[F.NUMBER]
    assert found.is_marked


def test_a_wrong_digit_never_passes_the_check_digit() -> None:
    rng = random.Random(8)
    holder = a_holder(rng)
    wrong = holder.number[:3] + str((int(holder.number[3]) + 3) % 10) + holder.number[4:]
    forged = type(holder)(**{**{name: getattr(holder, name) for name in holder.__slots__}, "number": wrong})
    table = np.full((1080, 1600, 3), 90, dtype=np.uint8)
    table[80:962, 150:1400] = np.asarray(draw_main(forged, plain_style(), rng))[:, :, ::-1]
    found = reader().read([table]).fields[F.NUMBER]
    assert found.text == wrong
    assert Mark.CHECK_DIGIT in found.marks


def test_pages_of_two_people_are_noticed() -> None:
    _, main = page("main", seed=31)
    _, sub = page("sub", seed=32)
    reading = reader().read([main, sub])
    assert Mark.COPIES_DIFFER in reading.fields[F.NUMBER].marks
    assert Mark.PAGES_DIFFER in reading.fields[F.NAME].marks


def test_one_page_taken_twice_is_marked_where_the_pictures_differ() -> None:
    rng = random.Random(33)
    holder = replace(a_holder(rng), licence_class="C1")
    pictures = []
    for licence_class in ("C1", "C2"):
        table = np.full((1080, 1600, 3), 90, dtype=np.uint8)
        card = draw_main(replace(holder, licence_class=licence_class), plain_style(), random.Random(33))
        table[80:962, 150:1400] = np.asarray(card)[:, :, ::-1]
        pictures.append(table)
    fields = reader().read(pictures).fields
    assert Mark.TWO_READINGS_DIFFER in fields[F.LICENCE_CLASS].marks
    assert [field for field in (F.NUMBER, F.NAME, F.BIRTH, F.FIRST_ISSUE) if fields[field].is_marked] == []


def test_a_page_of_text_is_no_licence_and_costs_no_more_than_one() -> None:
    sheet = Image.new("RGB", (1600, 2200), "white")
    draw = ImageDraw.Draw(sheet)
    for line in range(100):
        draw.text(
            (40, 20 + 21 * line),
            "试驾车辆的保险与责任以法律规定为准 1990-01-01 " * 3,
            font=font(FONTS / "NotoSansSC-Regular.ttf", 16),
            fill=(0, 0, 0),
        )
    reading = reader().read([np.asarray(sheet)])
    assert reading.kind is LicenceKind.NONE
    assert reading.pages[0].kind is PageKind.UNKNOWN


def test_a_huge_picture_is_reduced_first() -> None:
    holder, picture = page("sub", seed=4)
    huge = cv2.resize(picture, None, fx=3, fy=3)
    reading = reader().read([huge])
    assert reading.text(F.NUMBER) == holder.number
    kept = decode_picture(reading.pages[0].picture)
    assert max(kept.shape) <= MAX_SIDE
