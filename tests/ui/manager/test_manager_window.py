"""The manager's window by events on real widgets: sign-in, figures, lists, periods, signing out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from smart4s_kiosk.services.report_views import Period
from smart4s_kiosk.ui.manager.list_sheet import ListSheet
from smart4s_kiosk.ui.widgets.sign_in import SignIn
from tests.ui.manager.manager_desk import Desk


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
