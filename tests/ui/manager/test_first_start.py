"""The first start on an empty machine, by events on the real widgets, ending in a kiosk that serves a guest."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from smart4s_kiosk.app.build import Application, build
from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.app.first_start import make_first_start, needs_first_start
from smart4s_kiosk.app.qt_words import QtWords
from smart4s_kiosk.app.settings import Settings, VaultSettings
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.staff import Duty, Role, StaffMember
from smart4s_kiosk.domain.visits import Outcome, Purpose
from smart4s_kiosk.services.check_in_choices import Way
from smart4s_kiosk.services.check_in_views import (
    Accepted,
    AskFeedback,
    ChooseConsultant,
    ChoosePurpose,
    ChooseWay,
    EnterPhone,
    EnterSurname,
    Thanks,
    Waiting,
)
from smart4s_kiosk.services.first_start import Step
from smart4s_kiosk.services.first_start_refusals import NotALogo
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.manager.first_start_people import SheetPage, StaffPage
from smart4s_kiosk.ui.manager.first_start_store import StorePage
from smart4s_kiosk.ui.widgets.notice_bar import NoticeBar
from smart4s_kiosk.ui.widgets.words import Words
from tests.ui.manager.installer import LOGO, PIN, Installer, fill_administrator, fill_store, type_sheet_line
from tests.waiting import PATIENCE_MS


def test_from_an_empty_machine_to_a_kiosk_that_serves(
    installer: Installer, settings: Settings, file: Path, tmp_path: Path
) -> None:
    assert needs_first_start(settings, SystemClock())
    installer.press("开设新门店")
    assert installer.is_at(Step.STORE)
    installer.press("#9B1C2E")
    fill_store(installer)
    assert installer.is_at(Step.SURFACES)
    installer.press("保存屏幕")
    assert installer.is_at(Step.CAMERAS)
    installer.press("稍后")
    fill_administrator(installer)
    type_sheet_line(installer)
    staff = tmp_path / "staff.csv"
    staff.write_text("姓名,岗位,工号\n王静,顾问,C07\n", encoding="gbk")
    page = installer.window.page
    assert isinstance(page, StaffPage)
    page.take(staff)
    installer.settle()
    installer.press("继续")
    installer.press("继续")
    installer.press("稍后")
    assert installer.is_at(Step.DONE)
    with installer.bot.waitSignal(installer.window.finished, timeout=PATIENCE_MS):
        installer.press("开门迎客")
    installer.first_start.close()
    assert not needs_first_start(settings, SystemClock())
    serve_somebody(settings)


def serve_somebody(settings: Settings) -> None:
    """The store that was just set up takes a visitor."""
    application = build(settings)
    try:
        with application.storage.storage.look() as view:
            business, people = view.settings.current(), view.staff.all()
        assert (business.brand_name, business.accent, business.is_set_up) == ("澄野汽车", "#9B1C2E", True)
        assert {(m.name, m.role) for m in people} == {("管理员甲", Role.ADMINISTRATOR), ("王静", Role.CONSULTANT)}
        administrator = next(m for m in people if m.role is Role.ADMINISTRATOR)
        assert application.services.staff.sign_in(administrator.id, PIN).name == "管理员甲"
        take_a_guest(application, next(m for m in people if m.role is Role.CONSULTANT))
    finally:
        application.storage.storage.close()


def take_a_guest(application: Application, wang: StaffMember) -> None:
    """A guest whom nobody knows: from the first tap to the end of the visit, on the real records."""
    services = application.services
    kiosk = services.kiosk
    services.staff.change_duty(wang.id, Duty.ON)
    ways = kiosk.begin()
    assert isinstance(ways, ChooseWay)
    visit_id = ways.visit_id
    assert isinstance(kiosk.choose_way(visit_id, Way.PHONE), EnterPhone)
    assert isinstance(kiosk.enter_phone(visit_id, "13800005678"), EnterSurname)
    assert isinstance(kiosk.enter_surname(visit_id, "赵", Title.MR), ChoosePurpose)
    choose = kiosk.choose_purpose(visit_id, Purpose.LOOK, people=2)
    assert isinstance(choose, ChooseConsultant)
    assert [card.name for card in choose.others] == ["王静"]
    assert isinstance(kiosk.choose_consultant(visit_id, wang.id), Waiting)
    services.visits.accept(visit_id, wang.id)
    assert isinstance(kiosk.progress(visit_id), Accepted)
    services.visits.serve(visit_id, wang.id)
    services.visits.close(visit_id, Outcome.SERVED, by=wang.id)
    assert isinstance(kiosk.progress(visit_id), AskFeedback)
    assert isinstance(kiosk.rate(visit_id, score=9, reasons=(), tell_manager=""), Thanks)


def test_a_logo_or_a_list_on_a_stick_that_was_pulled_is_said(installer: Installer, tmp_path: Path) -> None:
    installer.press("开设新门店")
    page = installer.window.page
    assert isinstance(page, StorePage)
    page.take_logo(tmp_path / "unplugged.svg")
    fill_store(installer)
    assert installer.is_at(Step.STORE)
    notice = installer.window.findChild(NoticeBar)
    assert notice is not None
    assert "这个文件读不到" in " ".join(words.text for words in notice.findChildren(Words))
    drawn = tmp_path / "logo.svg"
    drawn.write_bytes(LOGO)
    page.take_logo(drawn)
    installer.press("保存门店")
    assert installer.is_at(Step.SURFACES)
    assert installer.first_start.progress().store.has_logo


def test_every_step_can_be_done_again_later(installer: Installer, settings: Settings) -> None:
    installer.press("开设新门店")
    fill_store(installer)
    installer.press("管理员")
    fill_administrator(installer)
    type_sheet_line(installer)
    installer.press("核对并开门")
    installer.press("开门迎客")
    again = make_first_start(settings, SystemClock())
    assert again.progress().missing == ()
    changed = replace(again.progress().store, name="望江路二店", time_zone="Asia/Urumqi")
    assert again.save_store(changed).store.time_zone == "Asia/Urumqi"
    again.close()


def test_what_is_needed_cannot_be_left_out(installer: Installer) -> None:
    installer.press("开设新门店")
    installer.press("核对并开门")
    installer.press("开门迎客")
    assert installer.is_at(Step.DONE)
    assert installer.first_start.progress().missing == (Step.STORE, Step.ADMINISTRATOR, Step.SHEET)


@pytest.mark.parametrize(("pin", "again"), [("123456", "123456"), ("111111", "111111"), (PIN, "861358"), ("", "")])
def test_no_weak_or_mistyped_pin_is_taken(installer: Installer, pin: str, again: str) -> None:
    installer.press("开设新门店")
    installer.press("管理员")
    installer.type("姓名", "管理员甲")
    installer.type("工号", "S01")
    installer.type("PIN", pin)
    installer.type("再输一次 PIN", again)
    installer.press("保存管理员")
    assert installer.is_at(Step.ADMINISTRATOR)
    assert installer.first_start.progress().administrators == ()


def test_a_wrong_line_of_the_sheet_is_refused(installer: Installer) -> None:
    installer.press("开设新门店")
    installer.press("恢复单")
    page = installer.window.page
    assert isinstance(page, SheetPage)
    QTest.keyClicks(page.typed, "ba-ba-ba ba-ba-ba ba-ba-ba")
    installer.press("已妥善保管")
    assert installer.is_at(Step.SHEET)
    assert Step.SHEET not in installer.first_start.progress().done


def test_closing_half_way_loses_nothing_and_a_sheet_brings_the_store_back(
    installer: Installer, qtbot: QtBot, background: Background, settings: Settings, tmp_path: Path
) -> None:
    installer.press("开设新门店")
    fill_store(installer)
    sheet = "\n".join(installer.first_start.sheet().lines)
    installer.window.close()
    installer.first_start.close()
    assert needs_first_start(settings, SystemClock())
    again = make_first_start(settings, SystemClock())
    assert again.progress().store.name == "望江路体验中心"
    again.close()
    moved = replace(
        settings,
        vault=VaultSettings(
            key_folder=tmp_path / "other", use_keyring=False, person_keys_folder=next((tmp_path / "keys").iterdir())
        ),
    )
    (settings.data.place / "vault.json").rename(tmp_path / "vault.json")
    second = Installer(qtbot, background, make_first_start(moved, SystemClock()))
    second.paper.setPlainText(sheet.replace(sheet.split("-", maxsplit=1)[0], "qqq", 1))
    second.press("接回门店")
    assert second.is_at(Step.LANGUAGE)
    second.press("语言")
    second.paper.setPlainText(sheet)
    second.press("接回门店")
    assert second.is_at(Step.STORE)
    assert second.first_start.progress().store.name == "望江路体验中心"
    second.first_start.close()


def test_qts_own_dialogs_follow_the_language(installer: Installer, qapp: QApplication) -> None:
    qt_words = QtWords(qapp)
    installer.window.language_changed.connect(qt_words.speak)
    try:
        installer.press("English")
        assert QCoreApplication.translate("QFileDialog", "Look in:") == "Look in:"
        installer.press("中文")
        assert QCoreApplication.translate("QFileDialog", "Look in:") != "Look in:"
    finally:
        qt_words.speak("en")


def test_a_logo_must_be_a_drawing(installer: Installer, settings: Settings) -> None:
    installer.press("开设新门店")
    facts = replace(installer.first_start.progress().store, brand="澄野", name="望江路")
    refused = installer.first_start
    with pytest.raises(NotALogo):
        refused.save_store(facts, logo=b"\x89PNG")
    assert refused.save_store(facts, logo=LOGO).store.has_logo
