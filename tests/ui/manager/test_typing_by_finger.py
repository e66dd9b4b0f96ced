"""The manager's fields by finger: colleagues, rules, insured sums, routes."""

import pytest
from PySide6.QtCore import QTime

from smart4s_kiosk.ui.manager.people_page import MemberDialog, PeoplePage
from smart4s_kiosk.ui.manager.settings_page import SettingsPage
from tests.ui.hands import touch, type_on_screen
from tests.ui.manager.manager_desk import ADMINISTRATORS_PIN, Desk, page


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.sign_in("管理员", ADMINISTRATORS_PIN)
    return desk


def rules(desk: Desk) -> SettingsPage:
    return page(desk, "经营规则", SettingsPage)


def test_a_colleague_is_written_down_by_finger(desk: Desk) -> None:
    page(desk, "人员", PeoplePage)
    desk.press("添加同事")
    dialog = desk.window.findChildren(MemberDialog)[-1]
    type_on_screen(desk.window, "在屏幕上输入：姓名", *"zhou", "周", "填入")
    type_on_screen(desk.window, "在屏幕上输入：新 PIN", *"861357", "填入")
    type_on_screen(desk.window, "在屏幕上输入：工作电话", *"13600136001", "填入")
    member = dialog.new_member()
    assert (member.name, member.pin, member.phone) == ("周", "861357", "13600136001")


def test_numbers_are_typed_anew_inside_their_limits(desk: Desk) -> None:
    wait = rules(desk).waits["ask_next_s"]
    before = wait.value()
    touch(wait.lineEdit())
    type_on_screen(desk.window, *"75", "填入")
    assert wait.value() == 75 != before
    touch(wait.lineEdit())
    type_on_screen(desk.window, *"99999", "填入")
    assert wait.value() == 75
    touch(wait.lineEdit())
    type_on_screen(desk.window, "填入")
    assert wait.value() == 75


def test_a_time_of_day_and_a_weight_by_finger(desk: Desk) -> None:
    settings = rules(desk)
    is_open, opens, _closes = settings.opening.days[0]
    is_open.setChecked(True)
    opens.setTime(QTime(9, 0))
    touch(opens.lineEdit())
    type_on_screen(desk.window, *["删去最后一个字"] * 5, *"10:30", "填入")
    assert opens.time() == QTime(10, 30)
    weight = next(iter(settings.weights.values()))
    touch(weight.lineEdit())
    type_on_screen(desk.window, *"1.5", "填入")
    assert weight.value() == 1.5


def test_insured_sums_and_a_route_by_finger(desk: Desk) -> None:
    settings = rules(desk)
    dialog = settings.ask_cover()
    touch(dialog.sums["third_party_fen"].lineEdit())
    type_on_screen(desk.window, *"2000000", "填入")
    assert dialog.cover.third_party_fen == 200_000_000
    dialog.close_now()
    settings.routes.add_row()
    table, row = settings.routes, settings.routes.rowCount() - 1
    item = table.item(row, 1)
    assert item is not None
    table.scrollToItem(item)
    touch(table.viewport(), table.visualItemRect(item).center())
    type_on_screen(desk.window, "删去最后一个字", *"12.5", "填入")
    assert item.text() == "12.5"
