"""The manager's window by events on real widgets: sign-in, figures, lists, periods, signing out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from smart4s_kiosk.services.report_views import Period
from smart4s_kiosk.ui.announcements import Announcements
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.manager.list_sheet import ListSheet
from smart4s_kiosk.ui.manager.today_page import TodayPage
from smart4s_kiosk.ui.manager.window import ManagerWindow
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.sign_in import SignIn
from tests.manager_day import PIN, a_filled_showroom, an_office, manager_services
from tests.waiting import PATIENCE_MS


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

    def sign_in(self) -> None:
        self.press("周启明")
        self.type_pin(PIN)
        self.press("登录")

    @property
    def today(self) -> TodayPage:
        assert isinstance(self.window.page, TodayPage)
        return self.window.page

    @property
    def sheet(self) -> ListSheet:
        return next(sheet for sheet in self.window.findChildren(ListSheet) if sheet.isVisible())


@pytest.fixture
def desk(qtbot: QtBot, background: Background) -> Desk:
    return Desk(qtbot, background)


def test_only_managers_may_sign_in(desk: Desk) -> None:
    page = desk.window.findChild(SignIn)
    assert page is not None
    desk.button("周启明")
    assert desk.find("王静") is None


def test_a_wrong_pin_shows_why_and_no_figures(desk: Desk) -> None:
    desk.press("周启明")
    desk.type_pin("290517")
    desk.press("登录")
    assert desk.window.member is None
    assert desk.window.page is None


def test_the_right_pin_opens_today_with_its_figures(desk: Desk) -> None:
    desk.sign_in()
    assert desk.today.figures.in_shop.accessibleName().startswith("在店 7 人")
    assert desk.today.figures.drives.accessibleName().startswith("试驾转化率 33%")
    assert "到店 55" in desk.today.funnel.funnel.accessibleName()
    assert "13: ?" in desk.today.gap.chart.accessibleName()


def test_a_tile_opens_its_list_and_escape_closes_it(desk: Desk) -> None:
    desk.sign_in()
    QTest.mouseClick(desk.today.figures.drives, Qt.MouseButton.LeftButton)
    desk.settle()
    assert len(desk.sheet.table.shown()) == 18
    desk.sheet.filter.setText("王静")
    assert 0 < len(desk.sheet.table.shown()) < 18
    sheet = desk.sheet
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not any(s.isVisible() for s in desk.window.findChildren(ListSheet))


def test_a_stage_of_the_funnel_opens_its_list(desk: Desk) -> None:
    desk.sign_in()
    funnel = desk.today.funnel.funnel
    place = funnel.rect().center()
    place.setY(int(funnel.height() * 0.7))
    QTest.mouseClick(funnel, Qt.MouseButton.LeftButton, pos=place)
    desk.settle()
    assert len(desk.sheet.table.shown()) == 11


@pytest.mark.parametrize(("words", "rows"), [("时段表", 11), ("分区表", 2), ("完整表", 4), ("全部事项", 3)])
def test_every_chart_has_its_table(desk: Desk, words: str, rows: int) -> None:
    desk.sign_in()
    desk.press(words)
    assert len(desk.sheet.table.shown()) == rows


def test_another_period_reads_again(desk: Desk) -> None:
    desk.sign_in()
    desk.today.periods.setCurrentIndex(list(Period).index(Period.YESTERDAY))
    desk.settle()
    assert desk.today.report is not None
    assert desk.today.report.period is Period.YESTERDAY
    assert "到店 0" in desk.today.funnel.funnel.accessibleName()


def test_the_heat_follows_the_chosen_hours(desk: Desk) -> None:
    desk.sign_in()
    desk.today.heat.range.setFocus()
    for _ in range(4):
        QTest.keyClick(desk.today.heat.range, Qt.Key.Key_Right)
    for _ in range(6):
        QTest.keyClick(desk.today.heat.range, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    desk.settle()
    assert desk.today.heat.range.chosen == (13, 14)
    assert desk.today.heat.missing.text.startswith("这段时间没有摄像头计数")


def test_language_changes_at_once_and_signing_out_hides_everything(desk: Desk) -> None:
    desk.sign_in()
    desk.press("English")
    desk.settle()
    assert desk.today.title.text == "Today"
    desk.press("Sign out")
    assert desk.window.page is None
    assert desk.window.member is None
