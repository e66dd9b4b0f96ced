"""A reception terminal without a keyboard: every field can be written by touching the screen; keyboards lose nothing."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from smart4s_kiosk.ui.reception.check_in_dialog import CheckInDialog
from smart4s_kiosk.ui.reception.log_page import LogPage
from smart4s_kiosk.ui.widgets.typing_dialog import TypingDialog
from tests.ui.hands import touch, type_on_screen
from tests.ui.reception.conftest import Bench, MakeBench
from tests.waiting import PATIENCE_MS


def pads(bench: Bench) -> list[TypingDialog]:
    return [dialog for dialog in bench.window.findChildren(TypingDialog) if dialog.isVisible()]


def check_in(bench: Bench) -> CheckInDialog:
    QTest.keyClick(bench.window, Qt.Key.Key_F1)
    bench.settle()
    return next(d for d in bench.window.findChildren(CheckInDialog) if d.isVisible())


def test_a_guest_is_checked_in_by_finger(make_bench: MakeBench) -> None:
    bench = make_bench()
    dialog = check_in(bench)
    touch(dialog.phone)
    type_on_screen(bench.window, *"13600136001", "填入")
    assert dialog.phone.text() == "13600136001"
    type_on_screen(bench.window, "在屏幕上输入：称呼", *"feng", "冯", "填入")
    assert dialog.name.text() == "冯"
    assert dialog.isVisible()


def test_tab_passes_the_keys_by_and_a_mouse_opens_nothing(make_bench: MakeBench) -> None:
    bench = make_bench()
    dialog = check_in(bench)
    assert dialog.phone.hasFocus()
    QTest.keyClick(dialog.phone, Qt.Key.Key_Tab)
    assert dialog.name.hasFocus()
    QTest.mouseClick(dialog.phone, Qt.MouseButton.LeftButton)
    assert dialog.phone.hasFocus()
    assert pads(bench) == []


def test_a_keyboard_writes_into_the_open_pad_and_goes_on_in_the_field(make_bench: MakeBench) -> None:
    bench = make_bench()
    dialog = check_in(bench)
    touch(dialog.phone)
    (pad,) = pads(bench)
    QTest.keyClicks(pad, "1360")
    QTest.keyClick(pad, Qt.Key.Key_Backspace)
    QTest.keyClick(pad, Qt.Key.Key_Return)
    assert dialog.phone.text() == "136"
    assert dialog.phone.hasFocus()
    touch(dialog.phone)
    (pad,) = pads(bench)
    QTest.keyClicks(pad, "9")
    QTest.keyClick(pad, Qt.Key.Key_Escape)
    assert dialog.phone.text() == "136"
    assert dialog.isVisible()


def test_a_date_begins_with_what_stands_there(make_bench: MakeBench) -> None:
    bench = make_bench()
    shell = bench.window.shell
    assert shell is not None
    shell.open_page("log")
    bench.settle()
    log = shell.stack.currentWidget()
    assert isinstance(log, LogPage)
    log.first.setText("2026-11-15")
    touch(log.first)
    type_on_screen(bench.window, "删去最后一个字", "删去最后一个字", "0", "1", "填入")
    assert log.first.text() == "2026-11-01"


def test_the_search_finds_what_was_typed_by_finger(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.room.busy_morning()
    shell = bench.window.shell
    assert shell is not None
    type_on_screen(bench.window, "在屏幕上输入：查找", *"zheng", "郑", "填入")
    assert shell.live.search.text() == "郑"
    bench.qtbot.waitUntil(lambda: len(shell.live.search._found) == 1, timeout=PATIENCE_MS)
