"""Somebody who sets a machine up, by events on the real widgets of the first start."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from smart4s_kiosk.services.first_start import FirstStart, Step
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.manager.first_start_people import SheetPage
from smart4s_kiosk.ui.manager.first_start_window import FirstStartWindow
from smart4s_kiosk.ui.theme.look import Look
from tests.waiting import PATIENCE_MS

PIN = "861357"
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M2 2h20v20H2z"/></svg>'


class Installer:
    """Somebody who sets the machine up."""

    def __init__(self, qtbot: QtBot, background: Background, first_start: FirstStart) -> None:
        self.bot, self.background, self.first_start = qtbot, background, first_start
        self.window = FirstStartWindow(first_start=first_start, background=background, look=Look(density="desk"))
        qtbot.addWidget(self.window)
        self.window.show()
        self.settle()

    def settle(self) -> None:
        self.bot.waitUntil(lambda: self.background.is_idle, timeout=PATIENCE_MS)

    def find(self, words: str) -> QAbstractButton | None:
        for button in self.window.findChildren(QAbstractButton):
            calm = getattr(button, "is_calm", True)  # a second press at once is the same press
            if (
                calm
                and button.isVisible()
                and button.isEnabled()
                and words == (button.accessibleName() or button.text())
            ):
                return button
        return None

    def button(self, words: str) -> QAbstractButton:
        self.bot.waitUntil(lambda: self.find(words) is not None, timeout=PATIENCE_MS)
        found = self.find(words)
        assert found is not None
        return found

    def press(self, words: str) -> None:
        QTest.mouseClick(self.button(words), Qt.MouseButton.LeftButton)
        self.settle()

    def is_at(self, step: Step) -> bool:
        return self.window.step is step

    @property
    def paper(self) -> QPlainTextEdit:
        return next(paper for paper in self.window.findChildren(QPlainTextEdit) if paper.isVisible())

    def type(self, name: str, words: str) -> None:
        line = next(x for x in self.window.findChildren(QLineEdit) if x.isVisible() and x.accessibleName() == name)
        line.setFocus()
        line.clear()
        QTest.keyClicks(line, words) if words.isascii() else line.insert(words)

    def until(self, is_so: Callable[[], bool]) -> None:
        self.bot.waitUntil(is_so, timeout=PATIENCE_MS)


def fill_store(installer: Installer) -> None:
    installer.type("品牌", "澄野汽车")
    installer.type("门店名称", "望江路体验中心")
    installer.press("保存门店")


def fill_administrator(installer: Installer) -> None:
    installer.type("姓名", "管理员甲")
    installer.type("工号", "S01")
    installer.type("PIN", PIN)
    installer.type("再输一次 PIN", PIN)
    installer.press("保存管理员")


def type_sheet_line(installer: Installer) -> None:
    page = installer.window.page
    assert isinstance(page, SheetPage)
    line = installer.first_start.sheet().lines[installer.first_start.asked_line]
    page.typed.setFocus()
    QTest.keyClicks(page.typed, line)
    installer.press("已妥善保管")
