"""A manager in front of the panel's window, by events on its real widgets."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from smart4s_kiosk.ui.announcements import Announcements
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.manager.list_sheet import ListSheet
from smart4s_kiosk.ui.manager.page import ManagerPage
from smart4s_kiosk.ui.manager.today_page import TodayPage
from smart4s_kiosk.ui.manager.window import ManagerWindow
from smart4s_kiosk.ui.theme.look import Look
from tests.manager_day import PIN, a_filled_showroom, an_office, manager_services
from tests.waiting import PATIENCE_MS

ADMINISTRATORS_PIN = "495062"
Page = TypeVar("Page", bound=ManagerPage)


class Desk:
    """A manager in front of the window."""

    def __init__(self, qtbot: QtBot, background: Background) -> None:
        self.bot, self.background = qtbot, background
        self.showroom = a_filled_showroom()
        self.announcements = Announcements()
        self.window = ManagerWindow(
            services=manager_services(self.showroom),
            background=background,
            announcements=self.announcements,
            clock=self.showroom.clock,
            look=Look(density="desk"),
            office=an_office(self.showroom),
        )
        qtbot.addWidget(self.window)
        self.window.show()
        self.settle()

    def settle(self) -> None:
        self.bot.waitUntil(lambda: self.background.is_idle, timeout=PATIENCE_MS)

    def find(self, words: str, inside: QWidget | None = None) -> QAbstractButton | None:
        for button in (inside or self.window).findChildren(QAbstractButton):
            calm = getattr(button, "is_calm", True)  # a second press at once is the same press
            named = words == (button.accessibleName() or button.text())
            if named and calm and button.isVisible() and button.isEnabled():
                return button
        return None

    def button(self, words: str, inside: QWidget | None = None) -> QAbstractButton:
        self.bot.waitUntil(lambda: self.find(words, inside) is not None, timeout=PATIENCE_MS)
        found = self.find(words, inside)
        assert found is not None
        return found

    def press(self, words: str, inside: QWidget | None = None) -> None:
        QTest.mouseClick(self.button(words, inside), Qt.MouseButton.LeftButton)
        self.settle()

    def type_pin(self, pin: str) -> None:
        for digit in pin:
            self.press(digit)

    def sign_in(self, name: str = "周启明", pin: str = PIN) -> None:
        self.press(name)
        self.type_pin(pin)
        self.press("登录")

    @property
    def today(self) -> TodayPage:
        assert isinstance(self.window.page, TodayPage)
        return self.window.page

    @property
    def sheet(self) -> ListSheet:
        return next(sheet for sheet in self.window.findChildren(ListSheet) if sheet.isVisible())


def page(desk: Desk, words: str, kind: type[Page]) -> Page:
    desk.press(words)
    assert isinstance(desk.window.page, kind)
    return desk.window.page
