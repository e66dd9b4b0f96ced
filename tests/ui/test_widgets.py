"""The shared parts, worked by mouse and keys on real widgets."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from smart4s_kiosk.domain.agreements import SignatureTooShort
from smart4s_kiosk.i18n import use_language
from smart4s_kiosk.ui.theme.dress import dress
from smart4s_kiosk.ui.theme.focus_ring import FocusRing
from smart4s_kiosk.ui.theme.fonts import missing_characters
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.camera_view import CameraView, picture_of
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.heat_map import HeatMap
from smart4s_kiosk.ui.widgets.number_pad import NumberPad
from smart4s_kiosk.ui.widgets.pdf_preview import PdfPreview
from smart4s_kiosk.ui.widgets.pinyin_pad import PinyinPad
from smart4s_kiosk.ui.widgets.pinyin_table import candidates, split, table
from smart4s_kiosk.ui.widgets.plate_input import PlateInput
from smart4s_kiosk.ui.widgets.qr_label import QUIET_MODULES, QrLabel
from smart4s_kiosk.ui.widgets.radicals import all_radicals, under
from smart4s_kiosk.ui.widgets.record_table import Column, RecordTable
from smart4s_kiosk.ui.widgets.signature_pad import SignaturePad
from smart4s_kiosk.ui.widgets.step_list import StepLine, StepList
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.visit_timer import TimerBar, timer_tone
from smart4s_kiosk.ui.widgets.words import Words
from tests.fakes.portraits import as_pixels, portrait
from tests.waiting import PATIENCE_MS

LOOK = Look(density="tablet", reduce_motion=True)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    made.resize(900, 700)
    QVBoxLayout(made)
    dress(made, LOOK)
    made.show()
    yield made
    made.close()


def put(window: QWidget, widget: QWidget) -> None:
    layout = window.layout()
    assert layout is not None
    layout.addWidget(widget)
    widget.show()
    window.grab()


def test_a_button_counts_a_double_tap_once_and_none_while_busy(window: QWidget) -> None:
    button, presses = TouchButton("接待", "primary"), []
    put(window, button)
    button.on_press(lambda: presses.append(1))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    assert len(presses) == 1
    busy = TouchButton("接待", "primary").on_press(lambda: presses.append(2))
    put(window, busy)
    busy.set_busy("正在通知")
    assert busy.text() == "正在通知"
    QTest.mouseClick(busy, Qt.MouseButton.LeftButton)
    assert 2 not in presses
    busy.set_busy("")
    QTest.mouseClick(busy, Qt.MouseButton.LeftButton)
    assert 2 in presses


def test_a_disabled_button_says_what_is_missing_and_its_word_comes_back(window: QWidget) -> None:
    button = TouchButton("下一步", "primary")
    put(window, button)
    button.set_lacking("还差 1 位")
    assert (button.text(), button.accessibleName(), button.isEnabled()) == ("还差 1 位", "还差 1 位", False)
    button.set_lacking("")
    assert (button.text(), button.isEnabled()) == ("下一步", True)


def test_a_word_too_long_for_its_button_is_noticed(window: QWidget) -> None:
    button = TouchButton("一个非常非常非常非常非常非常长的按钮", "primary")
    put(window, button)
    button.setFixedSize(80, 48)
    window.grab()
    assert button.sticks_out()
    words = Words("很长很长很长的一句话", wraps=False)
    put(window, words)
    words.setFixedSize(40, 20)
    assert words.sticks_out()


def test_the_focus_ring_shows_for_the_keyboard_only(window: QWidget, qtbot: QtBot) -> None:
    one, two = TouchButton("甲"), TouchButton("乙")
    put(window, one)
    put(window, two)
    window.activateWindow()
    QTest.mouseClick(one, Qt.MouseButton.LeftButton)
    ring = window.findChild(FocusRing)
    assert ring is None or not ring.isVisible()
    two.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: (r := window.findChild(FocusRing)) is not None and r.isVisible(), timeout=PATIENCE_MS)


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


def draw(pad: SignaturePad, points: list[tuple[int, int]]) -> None:
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(*points[0]))
    for point in points[1:]:
        QTest.mouseMove(pad, QPoint(*point))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(*points[-1]))


def test_strokes_are_shares_of_the_pad_and_can_be_taken_back(window: QWidget) -> None:
    pad, told = SignaturePad(), []
    put(window, pad)
    pad.changed.connect(lambda: told.append(1))
    draw(pad, [(50, 100), (200, 150), (300, 90)])
    draw(pad, [(120, 200), (320, 220)])
    drawn = pad.signature()
    assert len(drawn.strokes) == 2
    assert (drawn.pad_width, drawn.pad_height) == (pad.width(), pad.height())
    assert all(0 <= p.x <= 1 and 0 <= p.y <= 1 for stroke in drawn.strokes for p in stroke)
    assert drawn.strokes[0][0].x == pytest.approx(50 / pad.width(), abs=0.01)
    pad.undo()
    assert len(pad.signature().strokes) == 1
    pad.clear()
    assert pad.is_empty
    assert len(told) == 4
    with pytest.raises(SignatureTooShort):
        pad.signature().must_be_real()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_signature_is_ink_on_white_in_every_theme(theme: str, window: QWidget) -> None:
    dress(window, Look(theme=theme, density="tablet"))  # type: ignore[arg-type] # the parameter is one of the themes
    pad = SignaturePad()
    put(window, pad)
    draw(pad, [(60, 100), (200, 100), (400, 100), (600, 100)])
    picture = pad.grab().toImage()
    assert picture.pixelColor(300, 40).name() == "#ffffff"
    assert min(picture.pixelColor(x, y).lightness() for x in range(80, 400) for y in range(95, 106)) < 60


def modules(picture: QImage, label: QrLabel) -> tuple[str, ...]:
    size, count = label.module_px, label.modules - 2 * QUIET_MODULES
    middle = size // 2
    return tuple(
        "".join(
            "1"
            if picture.pixelColor((x + QUIET_MODULES) * size + middle, (y + QUIET_MODULES) * size + middle).lightness()
            < 80
            else "0"
            for x in range(count)
        )
        for y in range(count)
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_code_has_whole_pixels_its_quiet_zone_and_never_a_theme(theme: str, window: QWidget) -> None:
    dress(window, Look(theme=theme, density="kiosk"))  # type: ignore[arg-type] # the parameter is one of the themes
    rng = np.random.default_rng(1)
    matrix = tuple("".join(map(str, row)) for row in rng.integers(0, 2, (29, 29)))
    label = QrLabel(matrix, side=300)
    put(window, label)
    picture = label.grab().toImage()
    assert label.module_px == 300 // 37
    assert modules(picture, label) == matrix
    edge = QUIET_MODULES * label.module_px
    assert {picture.pixelColor(x, y).name() for x in range(0, edge, 3) for y in range(0, 200, 3)} == {"#ffffff"}


def test_a_table_filters_by_every_word_sorts_by_value_and_keeps_the_choice(window: QWidget) -> None:
    @dataclass(frozen=True)
    class Row:
        name: str
        minutes: int

    columns = (
        Column("客人", lambda r: r.name),
        Column("等待", lambda r: f"{r.minutes} 分钟", sort_by=lambda r: r.minutes, is_figure=True),
    )
    rows = (Row("张*先生", 9), Row("李*女士", 10), Row("王*先生", 2))
    table = RecordTable(columns, empty="还没有客人")
    opened: list[object] = []
    put(window, table)
    table.opened.connect(opened.append)
    table.show_rows(rows)
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert [r.minutes for r in table.shown()] == [2, 9, 10]
    table.look_for("先生 9")
    assert table.shown() == (rows[0],)
    table.look_for("")
    table.selectRow(0)
    assert table.current() == rows[2]
    table.show_rows((*rows, Row("赵*先生", 1)))
    assert table.current() == rows[2]
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == [rows[2]]


def test_missing_cells_are_hatched_and_never_zero(window: QWidget) -> None:
    heat = HeatMap()
    put(window, heat)
    heat.show_cells([[0, 0, None], [0, 8, 0]])
    picture, place = heat.grab().toImage(), heat.place()
    side = place.width() / 3

    def colours(column: int, row: int) -> set[str]:
        left, top = int(place.left() + column * side), int(place.top() + row * side)
        return {picture.pixelColor(left + x, top + y).name() for x in range(10, 40) for y in range(10, 40)}

    assert LOOK.palette.surface.lower() in colours(2, 0)
    assert len(colours(2, 0)) > 1
    assert heat.colour_at(0) == QColor(LOOK.tokens.charts["light"].heat[0])
    assert heat.colour_at(1) == QColor(LOOK.tokens.charts["light"].heat[-1])


def test_the_camera_picture_is_not_copied_newest_wins_and_clear_forgets(window: QWidget) -> None:
    pixels = as_pixels(0, 64, 48)
    image = picture_of(pixels)
    assert image.pixelColor(3, 3).blue() == pixels[3, 3, 0]
    assert image.pixelColor(3, 3).red() == pixels[3, 3, 2]
    view = CameraView()
    put(window, view)
    view.show_pixels(pixels, 1)
    view.show_guide(progress=0.5, tip="请靠近一点", tip_icon="arrow_up")
    assert view.accessibleName() == "请靠近一点"
    assert view.picture_place().contains(QRectF(view.rect()))
    view.clear()
    assert not view.has_picture


def test_steps_and_timer_follow_the_limits(window: QWidget) -> None:
    steps = StepList((StepLine("now", "等待答复", "0:42"),))
    put(window, steps)
    assert "等待答复" in steps.accessibleName()
    bar = TimerBar()
    for seconds, role in ((0, "ink_2"), (59.9, "ink_2"), (60, "warn_fill"), (120, "danger")):
        bar.show_seconds(seconds)
        assert bar.fill_role == role
    assert [timer_tone(s) for s in (10, 60, 120)] == ["ink", "warn", "danger"]


def test_escape_closes_a_dialog_and_its_action_runs_once(window: QWidget, qtbot: QtBot) -> None:
    done: list[str] = []
    dialog = Dialog(window, "确定吗？", "不能撤销")
    dialog.add_action("取消")
    dialog.add_action("确定", lambda: done.append("yes"), kind="primary")
    dialog.open_now()
    with qtbot.waitSignal(dialog.closed, timeout=PATIENCE_MS):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    again = Dialog(window, "确定吗？")
    button = again.add_action("确定", lambda: done.append("yes"), kind="primary")
    again.open_now()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == ["yes"]


def test_a_dialog_does_not_keep_its_window_alive(window: QWidget) -> None:
    dialog = Dialog(window, "确定吗？")
    assert not any(kept is window for kept in vars(dialog).values())
    dialog.open_now()
    dialog.close_now()


def test_pages_of_paper_are_white_and_counted(window: QWidget) -> None:
    preview = PdfPreview((portrait(0), b"not a picture", portrait(1)))
    put(window, preview)
    assert preview.page_count == 2


def test_plain_buttons_follow_their_role(window: QWidget) -> None:
    button = QPushButton("接待")
    button.setProperty("role", "primary")
    put(window, button)
    assert button.grab().toImage().pixelColor(6, button.height() // 2).name() == LOOK.palette.action.lower()
