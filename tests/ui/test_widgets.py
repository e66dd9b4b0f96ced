"""The shared parts, worked by mouse and keys on real widgets."""

from dataclasses import dataclass

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from smart4s_kiosk.domain.agreements import SignatureTooShort
from smart4s_kiosk.ui.theme.dress import dress
from smart4s_kiosk.ui.theme.focus_ring import FocusRing
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.camera_view import CameraView, picture_of
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.heat_map import HeatMap
from smart4s_kiosk.ui.widgets.pdf_preview import PdfPreview
from smart4s_kiosk.ui.widgets.qr_label import QUIET_MODULES, QrLabel
from smart4s_kiosk.ui.widgets.record_table import Column, RecordTable
from smart4s_kiosk.ui.widgets.signature_pad import SignaturePad
from smart4s_kiosk.ui.widgets.step_list import StepLine, StepList
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.visit_timer import TimerBar, timer_tone
from smart4s_kiosk.ui.widgets.words import Words
from tests.fakes.portraits import as_pixels, portrait
from tests.ui.widget_window import LOOK, put
from tests.waiting import PATIENCE_MS


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
