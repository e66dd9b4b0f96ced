"""A name of which one character may be its twin never passes without a mark."""

import numpy as np
import pytest

from smart4s_kiosk.domain.licences import FieldReading, LicenceField, Mark, PageKind
from smart4s_kiosk.vision.ocr.engine import Letter
from smart4s_kiosk.vision.ocr.evidence import Evidence, Look, look
from smart4s_kiosk.vision.ocr.judgement import judge
from smart4s_kiosk.vision.ocr.page_reader import Page

F = LicenceField
SURE = 0.999


def seen(*letters: tuple[str, float, str, float]) -> Look:
    found = tuple(
        Letter(char, sure, (place + 0.5) / len(letters), second, second_sure)
        for place, (char, sure, second, second_sure) in enumerate(letters)
    )
    return look(F.NAME, found)


def a_page(first: Look, second: Look, kind: PageKind = PageKind.MAIN) -> Page:
    picture = np.zeros((8, 8, 3), dtype=np.uint8)
    quad = np.asarray([[0, 0], [8, 0], [8, 8], [0, 8]], dtype=np.float32)
    return Page(kind, picture, 0.0, None, None, {F.NAME: Evidence(F.NAME, first, quad, second=second)}, [], [])


def read(*pages: Page) -> FieldReading:
    return judge(pages, ())[F.NAME]


def test_a_character_read_surely_in_both_looks_is_not_marked() -> None:
    name = seen(("崔", SURE, "雀", 0.0005), ("淼", 0.99, "森", 0.008))
    assert read(a_page(name, name)).marks == ()


@pytest.mark.parametrize(
    ("first", "second"), [(0.98, SURE), (SURE, 0.59)], ids=["first look unsure", "second look unsure"]
)
def test_a_twin_that_comes_close_in_one_look_marks_the_name(first: float, second: float) -> None:
    one = seen(("崔", SURE, "", 0.0), ("森", first, "淼", 1 - first))
    other = seen(("崔", SURE, "", 0.0), ("森", second, "淼", 1 - second))
    reading = read(a_page(one, other))
    assert (reading.text, reading.marks) == ("崔森", (Mark.WEAK,))


def test_the_end_of_the_label_in_the_wider_cut_says_nothing_about_the_name() -> None:
    name = seen(("毛", SURE, "", 0.0), ("晓", SURE, "", 0.0))
    wider = seen(("名", 0.4, "", 0.35), ("毛", SURE, "", 0.0), ("晓", SURE, "", 0.0))
    assert read(a_page(name, wider)).marks == ()


def test_the_traditional_form_of_the_same_character_is_no_twin() -> None:
    name = seen(("黄", 0.91, "黃", 0.088), ("静", 0.7, "靜", 0.298))
    assert read(a_page(name, name)).marks == ()


def test_another_simplified_character_is_a_twin() -> None:
    name = seen(("谭", 0.91, "潭", 0.088), ("静", SURE, "靜", 0.0))
    assert read(a_page(name, name)).marks == (Mark.WEAK,)


def test_a_name_read_in_traditional_form_is_marked_however_sure() -> None:
    name = seen(("黃", SURE, "黄", 0.001), ("静", SURE, "靜", 0.0))
    assert read(a_page(name, name)).marks == (Mark.WEAK,)


@pytest.mark.parametrize(("sure", "marks"), [(0.88, ()), (0.8, (Mark.WEAK,))])
def test_two_pages_with_one_name_allow_less_sureness_but_not_a_guess(sure: float, marks: tuple[Mark, ...]) -> None:
    name = seen(("崔", SURE, "", 0.0), ("森", sure, "淼", 1 - sure))
    assert read(a_page(name, name), a_page(name, name, PageKind.SUB)).marks == marks
