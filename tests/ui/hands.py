"""A guest's or a colleague's finger: finds the button that says something, and taps it as people can."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QMouseEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from tests.waiting import PATIENCE_MS


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
    for _look in range(PATIENCE_MS):
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


def touch(widget: QWidget, at: QPoint = QPoint(5, 5)) -> None:  # noqa: B008 # a point is never changed here
    """A finger is lifted off this spot of a touch screen."""
    screen = QPointingDevice(
        "screen",
        1,
        QInputDevice.DeviceType.TouchScreen,
        QPointingDevice.PointerType.Finger,
        QInputDevice.Capability.Position,
        1,
        1,
    )
    place, left = QPointF(at), Qt.MouseButton.LeftButton
    lifted = QEvent.Type.MouseButtonRelease
    where = QPointF(widget.mapToGlobal(at))
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QMouseEvent(lifted, place, where, left, left, none, screen))


def type_on_screen(window: QWidget, *keys: str) -> None:
    """Tap these keys of the pad that is open, one after the other."""
    for name in keys:
        key = button_called(window, name)
        assert key is not None, name
        tap(key)


def settle(qtbot: QtBot, background: Background) -> None:
    """Until every answer that was asked for is there."""
    qtbot.waitUntil(lambda: background.is_idle, timeout=PATIENCE_MS)
