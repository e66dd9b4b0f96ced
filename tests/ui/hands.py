"""A guest's or a colleague's finger: finds the button that says something, and taps it as people can."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.widgets.touch_button import TouchButton

CALM_LIMIT_MS = 1000
SETTLE_LIMIT_MS = 3000


def button_called(window: QWidget, name: str) -> QAbstractButton | None:
    """The last visible, enabled button that says, or is called, `name`."""
    found = [
        button
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() and button.isEnabled() and name in {button.text(), button.accessibleName()}
    ]
    return found[-1] if found else None


def until_calm(button: QAbstractButton) -> None:
    """Until the next press of it counts as another one."""
    for _look in range(CALM_LIMIT_MS):
        if not isinstance(button, TouchButton) or button.is_calm:
            break
        QTest.qWait(1)
    else:
        raise AssertionError(f"{button.text()!r} never came to rest")


def tap(button: QAbstractButton, *, times: int = 1) -> None:
    """Press it; not sooner after the last tap than counts as another one."""
    until_calm(button)
    for _press in range(times):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def settle(qtbot: QtBot, background: Background) -> None:
    """Until every answer that was asked for is there."""
    qtbot.waitUntil(lambda: background.is_idle, timeout=SETTLE_LIMIT_MS)
