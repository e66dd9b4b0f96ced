"""The pads on which guests type: numbers, plates, and names in two scripts."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from smart4s_kiosk.i18n import use_language
from smart4s_kiosk.ui.theme.fonts import missing_characters
from smart4s_kiosk.ui.widgets.number_pad import NumberPad
from smart4s_kiosk.ui.widgets.pinyin_pad import PinyinPad
from smart4s_kiosk.ui.widgets.pinyin_table import candidates, split, table
from smart4s_kiosk.ui.widgets.plate_input import PlateInput
from smart4s_kiosk.ui.widgets.radicals import all_radicals, under
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from tests.ui.widget_window import LOOK, put


def test_the_number_pad_types_deletes_clears_and_takes_a_keyboard(window: QWidget) -> None:
    pad = NumberPad(LOOK, 4)
    typed: list[str] = []
    put(window, pad)
    pad.typed.connect(typed.append)
    for key in pad.findChildren(TouchButton):
        if key.text() in {"6", "0"}:
            QTest.mouseClick(key, Qt.MouseButton.LeftButton)
    pad.setFocus()
    QTest.keyClicks(pad, "21x9")
    assert pad.text == "6021"
    QTest.keyClick(pad, Qt.Key.Key_Backspace)
    assert pad.text == "602"
    pad.clear()
    assert typed[-1] == ""


def test_a_plate_is_typed_province_first_and_may_have_eight_places(window: QWidget) -> None:
    plate = PlateInput(LOOK)
    put(window, plate)
    plate.add("A")
    assert plate.text == "", "a plate begins with a province"
    for sign in "京AD12345":
        plate.add(sign)
    assert plate.text == "京AD12345"
    plate.delete()
    assert plate.text == "京AD1234"
    assert "O" not in plate.signs_now()
    assert "I" not in plate.signs_now()


@pytest.mark.parametrize(
    ("letters", "first"),
    [("zhang", "张"), ("wang", "王"), ("shan", "单"), ("zeng", "曾"), ("ouyang", "欧阳"), ("lv", "吕")],
)
def test_surnames_come_first_by_their_reading_as_a_name(letters: str, first: str) -> None:
    assert candidates(letters, surname=True)[0] == first


def test_letters_are_split_into_syllables() -> None:
    assert split("zhangwei") == ("zhang", "wei")
    assert split("xxx") == ("xxx", "")


def button_named(pad: QWidget, name: str) -> TouchButton:
    return next(b for b in pad.findChildren(TouchButton) if b.accessibleName() == name)


def press(pad: PinyinPad, *names: str) -> None:
    """Press what stands on the pad, by what is written or said on it."""
    for name in names:
        keys = (key for key in pad.findChildren(TouchButton) if key.isVisible())
        key = next(key for key in keys if name in {key.text(), key.accessibleName()})
        key.pressed_once.emit()


def presses_for(pad: PinyinPad, sign: str, syllable: str) -> int:
    """How often a finger meets the pad for one character: letters, the whole list, its pages, the character."""
    pad.clear()
    press(pad, *syllable)
    presses = len(syllable)
    if sign not in pad.found:
        press(pad, "更多的字")
        presses += 1
    while sign not in pad.found:
        press(pad, "后面的字")
        presses += 1
    press(pad, sign)
    assert pad.text == sign
    return presses + 1


@pytest.fixture
def name_pad(window: QWidget) -> PinyinPad:
    pad = PinyinPad(LOOK, length=20)
    put(window, pad)
    return pad


def test_a_whole_name_is_typed_syllable_by_syllable(name_pad: PinyinPad) -> None:
    press(name_pad, *"ouyangjing")
    assert name_pad.found[0] == "欧阳"
    press(name_pad, "欧阳", "静")
    assert name_pad.text == "欧阳静"
    press(name_pad, "删去最后一个字")
    assert name_pad.text == "欧阳"
    press(name_pad, *"rong", "更多的字")
    assert {"荣", "容", "镕"} <= set(name_pad.found)


@pytest.mark.parametrize(
    ("sign", "syllable"),
    [
        ("伟", "wei"),
        ("芳", "fang"),
        ("静", "jing"),
        ("梓", "zi"),
        ("涵", "han"),
        ("轩", "xuan"),
        ("宸", "chen"),
        ("垚", "yao"),
        ("赟", "yun"),
        ("翀", "chong"),
        ("昇", "sheng"),
        ("喆", "zhe"),
        ("骞", "qian"),
    ],
)
def test_what_names_are_made_of_needs_few_presses(name_pad: PinyinPad, sign: str, syllable: str) -> None:
    assert presses_for(name_pad, sign, syllable) <= len(syllable) + 2


@pytest.mark.parametrize(
    ("sign", "syllable"),
    [
        ("㛃", "jie"),
        ("𬭚", "chun"),
        ("䶮", "yan"),
        ("彧", "yu"),
        ("祎", "yi"),
        ("晟", "sheng"),
        ("珩", "heng"),
        ("曌", "zhao"),
    ],
)
def test_a_rare_character_is_never_more_than_four_presses_behind_its_letters(
    name_pad: PinyinPad, sign: str, syllable: str
) -> None:
    assert presses_for(name_pad, sign, syllable) <= len(syllable) + 4


@pytest.mark.parametrize(
    ("sign", "ways"),
    [("𬭚", ("金钅", "8")), ("㛃", ("女", "6")), ("䶮", ("龙", "4")), ("翀", ("羽", "4")), ("赟", ("贝", "12"))],
)
def test_a_character_that_nobody_can_read_is_found_by_radical_and_strokes(
    name_pad: PinyinPad, sign: str, ways: tuple[str, str]
) -> None:
    press(name_pad, "按部首查")
    while ways[0] not in name_pad.found:
        press(name_pad, "后面的字")
    press(name_pad, ways[0])
    if sign not in name_pad.found:
        press(name_pad, ways[1])
    press(name_pad, sign)
    assert name_pad.text == sign


def test_candidates_are_narrowed_by_a_radical(name_pad: PinyinPad) -> None:
    press(name_pad, *"yan", "更多的字", "按部首查")
    while "龙" not in name_pad.found:
        press(name_pad, "后面的字")
    press(name_pad, "龙", "䶮")
    assert name_pad.text == "䶮"


def test_every_key_of_the_lists_can_be_drawn() -> None:
    signs = {sign for row in table().values() for sign in row}
    assert missing_characters("".join(signs)) == ""
    under_radicals = {sign for radical in all_radicals() for sign in under(radical)}
    assert missing_characters("".join(under_radicals)) == ""
    assert len(all_radicals()) == 214
    assert signs - under_radicals <= set("〇")


def test_latin_names_are_typed_as_they_are(name_pad: PinyinPad) -> None:
    press(name_pad, "ABC", "M", *"aria", "空格", "J", *"ose")
    assert name_pad.text == "Maria Jose"


def test_a_dot_stands_within_a_name_and_digits_within_a_message(name_pad: PinyinPad) -> None:
    press(name_pad, *"mai")
    name_pad.choose(0)
    press(name_pad, "姓名里的间隔点", "123", "7", "。", "abc")
    assert name_pad.text[1:] == "·7。"


def test_space_takes_the_first_candidate(name_pad: PinyinPad) -> None:
    press(name_pad, *"wang", "空格")
    assert name_pad.text == "王"


def test_somebody_who_reads_english_begins_with_letters(window: QWidget) -> None:
    use_language("en")
    pad = PinyinPad(LOOK)
    put(window, pad)
    press(pad, "S", *"mith")
    assert pad.text == "Smith"
