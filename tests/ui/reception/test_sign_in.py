"""Who sits at the desk: own PIN, lock-out, and nothing left behind after signing out."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from tests.desk_showroom import PIN
from tests.ui.reception.conftest import Bench, MakeBench


def person(bench: Bench, name: str) -> QAbstractButton:
    return next(b for b in bench.window.sign_in.findChildren(QAbstractButton) if b.accessibleName() == name)


def type_pin(bench: Bench, pin: str) -> None:
    QTest.keyClicks(bench.window.sign_in, pin)
    QTest.keyClick(bench.window.sign_in, Qt.Key.Key_Return)
    bench.settle()


def test_a_name_a_pin_and_the_board_is_there(make_bench: MakeBench) -> None:
    bench = make_bench(signed_in=False)
    QTest.mouseClick(person(bench, "沈佳"), Qt.MouseButton.LeftButton)
    type_pin(bench, PIN)
    assert bench.window.shell is not None
    assert bench.window.shell.live.isVisible()


def test_only_those_who_may_run_the_desk_are_offered(make_bench: MakeBench) -> None:
    bench = make_bench(signed_in=False)
    names = {b.accessibleName() for b in bench.window.sign_in.findChildren(QAbstractButton)}
    assert {"沈佳", "周启明"} <= names
    assert "王静" not in names


def test_without_a_name_the_button_says_what_is_missing(make_bench: MakeBench) -> None:
    bench = make_bench(signed_in=False)
    assert bench.window.sign_in.enter.text() == "请先选您的名字"
    QTest.mouseClick(person(bench, "沈佳"), Qt.MouseButton.LeftButton)
    QTest.keyClicks(bench.window.sign_in, "27")
    assert bench.window.sign_in.enter.text() == "还差 4 位"
    assert not bench.window.sign_in.enter.isEnabled()


def test_wrong_pins_are_told_forgotten_and_lock_in_the_end(make_bench: MakeBench) -> None:
    bench = make_bench(signed_in=False)
    QTest.mouseClick(person(bench, "沈佳"), Qt.MouseButton.LeftButton)
    said = []
    for _attempt in range(6):
        type_pin(bench, "135790")
        said.append(bench.window.sign_in.pin.said.text)
        assert bench.window.sign_in.pin.text == ""
    assert said[0] == "密码不对"
    assert "五分钟" in said[5] or "5 分钟" in said[5]
    type_pin(bench, PIN)
    assert bench.window.shell is None
    bench.room.clock.advance(301)
    type_pin(bench, PIN)
    assert bench.window.shell is not None


def test_signing_out_leaves_nothing(make_bench: MakeBench) -> None:
    bench = make_bench()
    shell = bench.window.shell
    assert shell is not None
    QTest.keyClick(bench.window, Qt.Key.Key_F12)
    bench.settle()
    assert bench.window.shell is None
    assert bench.window.sign_in.isVisible()
    assert bench.window.sign_in.pin.text == ""
