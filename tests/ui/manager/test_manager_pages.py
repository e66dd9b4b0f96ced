"""The manager's other pages by events on real widgets: people, rules, messages, privacy, equipment."""

from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest
from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from smart4s_kiosk.domain.business_settings import DriveCover
from smart4s_kiosk.domain.events import Fact, VisitEnded
from smart4s_kiosk.domain.ids import MessageId, StaffId, VisitId
from smart4s_kiosk.domain.rotation import Weights
from smart4s_kiosk.domain.staff import Role
from smart4s_kiosk.domain.visits import Outcome
from smart4s_kiosk.ports.outbox import OutboxState
from smart4s_kiosk.ports.sync import LineState
from smart4s_kiosk.services.customers import NewCustomer
from smart4s_kiosk.services.report_views import ConcernKind
from smart4s_kiosk.ui.manager.cover_dialog import CoverDialog
from smart4s_kiosk.ui.manager.health_page import HealthPage
from smart4s_kiosk.ui.manager.people_page import PeoplePage
from smart4s_kiosk.ui.manager.privacy_page import PrivacyPage
from smart4s_kiosk.ui.manager.settings_page import SettingsPage
from smart4s_kiosk.ui.manager.sync_page import KINDS, SyncPage, reason_words
from tests.ui.manager.manager_desk import ADMINISTRATORS_PIN, Desk, page


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.sign_in("管理员", ADMINISTRATORS_PIN)
    return desk


def type_into(inside: QWidget, name: str, words: str) -> None:
    line = next(x for x in inside.findChildren(QLineEdit) if x.isVisible() and x.accessibleName() == name)
    line.clear()
    line.insert(words)


def test_somebody_is_added_and_gets_a_pin(desk: Desk) -> None:
    people = page(desk, "人员", PeoplePage)
    desk.press("添加同事")
    type_into(desk.window, "姓名", "宋岚")
    type_into(desk.window, "工号", "C21")
    type_into(desk.window, "企业微信账号", "songlan")
    type_into(desk.window, "新 PIN", "111111")
    desk.press("添加")
    assert not any(m.badge == "C21" for m in desk.showroom.staff.all())
    type_into(desk.window, "新 PIN", "384617")
    desk.press("添加")
    assert any(member.badge == "C21" for member in desk.showroom.staff.all())
    added = next(m for m in desk.showroom.staff.all() if m.badge == "C21")
    assert (added.name, added.role, added.wecom_userid) == ("宋岚", Role.CONSULTANT, "songlan")
    assert desk.showroom.staff.sign_in(added.id, "384617").id == added.id
    assert people.table is not None
    assert any(m.badge == "C21" for m in people.table.shown())


def test_a_list_is_read_and_the_last_administrator_stays(desk: Desk, tmp_path: Path) -> None:
    people = page(desk, "人员", PeoplePage)
    place = tmp_path / "staff.csv"
    place.write_text("name,role,badge\n任远,顾问,C31\n", encoding="utf-8")
    people.take(place)
    desk.settle()
    assert any(m.name == "任远" for m in desk.showroom.staff.all())
    people.open_member(desk.showroom.staff.get(StaffId("管理员")))
    dialog_role = next(b for b in desk.window.findChildren(QLineEdit) if b.accessibleName() == "职务")
    dialog_role.insert("总管")
    desk.press("保存")
    assert desk.showroom.staff.get(StaffId("管理员")).job_title.endswith("总管")


def test_rules_are_changed_with_who_and_when(desk: Desk) -> None:
    rules = page(desk, "经营规则", SettingsPage)
    rules.waits["ask_next_s"].setValue(45)
    rules.discounts["consultant"].setValue(6000)
    rules.days[6][0].setChecked(False)
    rules.faces.setChecked(False)
    rules.routes.add_row()
    item = rules.routes.item(rules.routes.rowCount() - 1, 0)
    assert item is not None
    item.setText("望江环线")
    desk.press("保存规则")
    with desk.showroom.storage.look() as view:
        settings, history = view.settings.current(), view.settings.history()
    assert settings.waits.ask_next_s == 45
    assert dict(settings.discount_limits)["consultant"] == 600_000
    assert settings.opening[6] is None
    assert not settings.face_enabled
    assert [route.name for route in settings.routes] == ["望江环线"]
    assert history[-1][1] == StaffId("管理员")
    assert rules.history.shown()[0].by == "管理员"
    assert "waits" in rules.history.shown()[0].changed


def test_insured_sums_and_deposit_hold_after_the_save(desk: Desk) -> None:
    rules = page(desk, "经营规则", SettingsPage)
    desk.press("保险")
    (dialog,) = desk.window.findChildren(CoverDialog)
    dialog.sums["third_party_fen"].setValue(2_000_000)
    dialog.sums["excess_fen"].setValue(2_000)
    dialog.insurer.setText("示例财产保险")
    dialog.deposit.setValue(500)
    desk.press("采用")
    desk.press("保存规则")
    with desk.showroom.storage.look() as view:
        settings = view.settings.current()
    assert settings.test_car_cover == DriveCover(200_000_000, 0, 200_000, "示例财产保险")
    assert settings.deposit_fen == 50_000
    assert "test_car_cover" in rules.history.shown()[0].changed


def test_rules_out_of_range_change_nothing(desk: Desk) -> None:
    rules = page(desk, "经营规则", SettingsPage)
    rules.waits["ask_next_s"].setValue(600)
    desk.press("保存规则")
    with desk.showroom.storage.look() as view:
        assert view.settings.current().waits.ask_next_s == 60
    assert rules.waits["ask_next_s"].value() == 600


def test_a_parked_message_is_seen_and_released(desk: Desk) -> None:
    fact = VisitEnded(VisitId("v1"), 3, Outcome.SERVED.value, desk.showroom.clock.now())
    with desk.showroom.storage.begin() as work:
        work.outbox.add(fact, message_id=MessageId("m1"), aggregate="visit:v1", at=desk.showroom.clock.now())
        work.outbox.park(MessageId("m1"), "too_large")
    desk.today.read()
    desk.settle()
    assert desk.today.report is not None
    assert ConcernKind.MESSAGE_PARKED in {c.kind for c in desk.today.report.concerns}
    sync = page(desk, "消息同步", SyncPage)
    assert sync.tiles[OutboxState.PARKED].accessibleName().endswith("1")
    (parked,) = sync.parked.shown()
    said = [column.text(parked) for column in sync._columns()]
    assert said[1:3] == ["到访已结束", "内容太大，一条消息放不下"]
    sync.parked.selectRow(0)
    desk.press("重发选中的消息")
    with desk.showroom.storage.look() as view:
        assert view.outbox.counts()[OutboxState.PENDING] == 1
        now = desk.showroom.clock.now()
        lines = view.audit.between(now - timedelta(days=1), now + timedelta(days=1))
        assert "message.released" in {line.act for line in lines}


def test_every_kind_of_message_has_words() -> None:
    assert set(KINDS) == {kind.__name__ for kind in get_args(Fact)}
    assert reason_words("unsendable: odd") == "无法写成消息，请联系技术支持"
    assert reason_words("quota_47") == "连接器拒收，请联系技术支持 (quota_47)"


@pytest.mark.parametrize(
    ("state", "problem", "words"),
    [
        (LineState.ELSEWHERE, "", "由本店另一台终端发送"),
        (LineState.DOWN, "ConnectionError", "线路断开"),
        (LineState.DOWN, "SSLError", "不信任连接器的证书"),
        (LineState.REFUSED, "revoked", "重新登记"),
        (LineState.REFUSED, "update_needed", "更新版本"),
    ],
)
def test_the_line_says_what_is_wrong_with_it(desk: Desk, state: LineState, problem: str, words: str) -> None:
    sync = page(desk, "消息同步", SyncPage)
    view = sync.stage.office.messages()
    sync.show_messages(replace(view, line=state.value, problem=problem))
    assert words in sync.line.text


def test_a_person_is_forgotten_with_a_receipt(desk: Desk) -> None:
    customer = desk.showroom.customers.register(NewCustomer(name="欧阳示范", phone="13800000000"))
    privacy = page(desk, "隐私与安全", PrivacyPage)
    privacy.typed.setText("欧阳")
    QTest.keyClick(privacy.typed, Qt.Key.Key_Return)
    desk.settle()
    assert [line.customer_id for line in privacy.people.shown()] == [customer.id]
    assert "示范" not in privacy.people.shown()[0].name
    privacy.people.selectRow(0)
    desk.press("删除选中客人的信息")
    desk.press("删除")
    receipt = desk.showroom.vault.receipt(customer.person_id)
    assert receipt is not None
    assert receipt.receipt_hash[:16] in privacy.receipt.text
    assert privacy.erased.accessibleName().startswith("已删除客人 1")


def test_equipment_shows_the_worst_first(desk: Desk) -> None:
    health = page(desk, "设备健康", HealthPage)
    assert health.checks is not None
    assert [line.name for line in health.checks.shown()] == ["磁盘", "数据库"]
    assert [line.name for line in health.loops.shown()] == ["等待计时"]


def test_every_weight_of_the_rule_can_be_changed_by_the_store(desk: Desk) -> None:
    rules = page(desk, "经营规则", SettingsPage)
    assert set(rules.weights) == {one.name for one in fields(Weights)}
    rules.weights["rest_min"].setValue(20)
    assert rules.wanted().weights == {"rest_min": 20.0}


def test_reception_is_quieter_from_an_hour_on_and_closed_on_a_day(desk: Desk) -> None:
    rules = page(desk, "经营规则", SettingsPage)
    rules.sounds.usual.setValue(80)
    desk.press("添加时段")
    rules.sounds.add_line(18, 40)
    assert [line.hour.time().hour() for line in rules.sounds.lines] == [18, 19]
    rules.sounds.lines[1].volume.setValue(0)
    rules.opening.day.setDate(QDate(2026, 10, 1))
    desk.press("添加这天")
    desk.press("保存规则")
    with desk.showroom.storage.look() as view:
        settings = view.settings.current()
    assert (settings.sound_volume, settings.sound_by_hour) == (80, ((18, 40), (19, 0)))
    assert settings.closed_days == ("2026-10-01",)
    assert {"sound_by_hour", "closed_days"} <= set(rules.history.shown()[0].changed)
    rules.sounds.lines[0].remove.click()
    desk.press("2026-10-01")
    wanted = rules.wanted()
    assert (wanted.sound_by_hour, wanted.closed_days) == (((19, 0),), ())


def test_two_volumes_from_the_same_hour_are_refused_in_words(desk: Desk) -> None:
    rules = page(desk, "经营规则", SettingsPage)
    rules.sounds.add_line(18, 40)
    rules.sounds.add_line(18, 20)
    rules.sounds.lines[1].hour.setTime(QTime(18, 0))
    desk.press("保存规则")
    with desk.showroom.storage.look() as view:
        assert view.settings.current().sound_by_hour == ()
    assert desk.window._notice is not None
    assert "同一时刻" in desk.window._notice.accessibleName()
