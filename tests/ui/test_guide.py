"""The demo's guide and the sign over its windows."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from smart4s_kiosk.i18n import use_language
from smart4s_kiosk.ui.guide.window import DemoDoors, DemoPerson, GuideWindow
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.demo_sign import DemoSign
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words
from tests.waiting import PATIENCE_MS

PEOPLE = [DemoPerson("沈佳", "前台", "270519"), DemoPerson("王静", "首席试驾官", "731846")]


def a_guide(qtbot: QtBot, opened: list[str], *, over: list[bool] | None = None) -> GuideWindow:
    use_language("zh_CN")
    doors = DemoDoors(
        tablet=lambda: opened.append("tablet"),
        manager=lambda: opened.append("manager"),
        phone=lambda: opened.append("phone"),
        is_over=lambda: bool(over),
    )
    guide = GuideWindow(Look(density="desk"), PEOPLE, doors, has_camera=False)
    qtbot.addWidget(guide)
    guide.show()
    return guide


def test_it_tells_the_pins_and_opens_the_other_windows(qtbot: QtBot) -> None:
    opened: list[str] = []
    guide = a_guide(qtbot, opened)
    words = {label.text for label in guide.findChildren(Words)}
    assert {"270519", "731846"} <= words
    for button in guide.findChildren(TouchButton)[:3]:
        button.pressed_once.emit()
    assert opened == ["tablet", "manager", "phone"]


def test_it_closes_when_the_kiosk_was_left(qtbot: QtBot) -> None:
    over: list[bool] = []
    guide = a_guide(qtbot, [], over=over)
    assert guide.isVisible()
    over.append(True)
    qtbot.waitUntil(lambda: not guide.isVisible(), timeout=PATIENCE_MS)


def test_the_sign_hangs_in_the_middle_of_a_window_of_any_size(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    sign = DemoSign(window)
    window.show()
    for size in (QSize(1280, 800), QSize(1920, 1080)):
        window.resize(size)
        assert abs(sign.geometry().center().x() - size.width() // 2) <= 1
        assert sign.y() == 0
