"""The first start on an empty machine, by events on the real widgets, ending in a kiosk that serves a guest."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from smart4s_kiosk.app.build import Application, build
from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.app.first_start import make_first_start, needs_first_start
from smart4s_kiosk.app.qt_words import QtWords
from smart4s_kiosk.app.settings import Settings, VaultSettings
from smart4s_kiosk.app.settings_reading import read_settings
from smart4s_kiosk.app.store_machine import StoreMachine
from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.staff import Duty, Role, StaffMember
from smart4s_kiosk.domain.visits import Outcome, Purpose
from smart4s_kiosk.ports.vision import CameraFound, CameraRole, CameraStatus
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
from smart4s_kiosk.services.first_start import FirstStart, Step
from smart4s_kiosk.services.first_start_refusals import CameraTwice, NotALogo
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.manager.first_start_machine import CamerasPage, SurfacesPage
from smart4s_kiosk.ui.manager.first_start_people import SheetPage, StaffPage
from smart4s_kiosk.ui.manager.first_start_printing import PrintingPage
from smart4s_kiosk.ui.manager.first_start_store import StorePage
from smart4s_kiosk.ui.manager.first_start_window import FirstStartWindow
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.notice_bar import NoticeBar
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.vision.sources import device_status
from tests.empty_machine import empty_machine

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
        self.bot.waitUntil(lambda: self.background.is_idle, timeout=10_000)

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
        self.bot.waitUntil(lambda: self.find(words) is not None, timeout=5000)
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
        self.bot.waitUntil(is_so, timeout=10_000)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    return empty_machine(tmp_path, monkeypatch)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "smart4s-kiosk" / "settings.toml"


@pytest.fixture
def installer(qtbot: QtBot, background: Background, settings: Settings, file: Path) -> Iterator[Installer]:
    first_start = make_first_start(settings, SystemClock(), file=file)
    yield Installer(qtbot, background, first_start)
    first_start.close()


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
    with installer.bot.waitSignal(installer.window.finished, timeout=10_000):
        installer.press("开门迎客")
    installer.first_start.close()
    assert not needs_first_start(settings, SystemClock())
    serve_somebody(settings)


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


def test_a_terminal_shows_what_was_ticked_and_at_least_one_screen(installer: Installer, file: Path) -> None:
    installer.press("开设新门店")
    installer.press("屏幕")
    page = installer.window.page
    assert isinstance(page, SurfacesPage)
    for box in page.boxes.values():
        box.setChecked(False)
    installer.press("保存屏幕")
    assert installer.is_at(Step.SURFACES)
    page.boxes["tablet"].setChecked(True)
    installer.type("摆放位置", "展厅东侧")
    installer.press("保存屏幕")
    assert installer.is_at(Step.CAMERAS)
    read = read_settings(file, {})
    assert (read.terminal.surfaces, read.terminal.place) == (("tablet",), "展厅东侧")


def test_a_camera_that_may_not_be_opened_says_what_to_do(
    installer: Installer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    device = tmp_path / "video0"
    device.touch(mode=0o000)
    monkeypatch.setattr("os.access", lambda path, _how: Path(path) != device)  # the tests may run as root
    assert device_status(str(device)) is CameraStatus.NO_PERMISSION
    installer.press("开设新门店")
    installer.press("摄像头")
    page = installer.window.page
    assert isinstance(page, CamerasPage)
    page.show_cameras((CameraFound(str(device), "Eye", device_status(str(device))),))
    next(iter(page.boxes.values())).setCurrentIndex(1)
    installer.until(lambda: "video" in page.status.text)
    assert page.status.text == "当前账户没有摄像头权限：请把它加入 video 组，然后重新登录电脑"


class OneConnector:
    """Knows one code; the machine of the tests otherwise."""

    def __init__(self) -> None:
        self.enrolled: list[tuple[str, str]] = []

    def enrol(self, address: str, code: str) -> None:
        if code != "7K2M-Q9":
            raise Unavailable("connector", reason="code")
        self.enrolled.append((address, code))


def test_the_connector_takes_a_code_or_waits_till_later(installer: Installer, file: Path) -> None:
    known = OneConnector()
    installer.first_start._machine.enrol = known.enrol  # type: ignore[method-assign] # a connector without a network
    installer.press("开设新门店")
    installer.press("企业微信")
    installer.press("稍后")
    assert installer.is_at(Step.DONE)
    installer.press("企业微信")
    installer.type("连接器地址", "https://c.example.cn")
    installer.type("登记码", "wrong")
    installer.press("连接")
    assert installer.is_at(Step.CONNECTOR)
    assert not file.exists()
    installer.type("登记码", "7K2M-Q9")
    installer.press("连接")
    assert installer.is_at(Step.DONE)
    assert known.enrolled == [("https://c.example.cn", "7K2M-Q9")]
    assert read_settings(file, {}).connector.url == "https://c.example.cn"


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


def test_language_and_cameras_go_into_the_settings_file(installer: Installer, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("# ours\n[terminal]\nid = 'kiosk-7'\n\n[cameras.face]\nwidth = 640\n", encoding="utf-8")
    installer.press("English")
    installer.press("Start a new store")
    installer.press("Cameras")
    page = installer.window.page
    assert isinstance(page, CamerasPage)
    for box in page.boxes.values():
        box.addItem("HD USB", "/dev/v4l/by-id/usb-one")
        box.addItem("Eye", "/dev/v4l/by-id/usb-two")
    boxes: list[QComboBox] = list(page.boxes.values())
    boxes[0].setCurrentIndex(boxes[0].count() - 1)
    with pytest.raises(CameraTwice):
        installer.first_start.choose_cameras({CameraRole.FACE: "/dev/one", CameraRole.FLOOR: "/dev/one"})
    boxes[1].setCurrentIndex(boxes[1].count() - 2)
    installer.settle()
    installer.press("Save the cameras")
    assert installer.is_at(Step.ADMINISTRATOR)
    read = read_settings(file, {})
    assert (read.screen.language, read.terminal.id, read.cameras.face.width) == ("en", "kiosk-7", 640)
    assert read.cameras.face.source == "/dev/v4l/by-id/usb-two"
    assert read.cameras.document.source == "/dev/v4l/by-id/usb-one"
    assert file.read_text(encoding="utf-8").startswith("# ours\n")


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


def test_a_camera_that_is_gone_says_so_in_words(installer: Installer) -> None:
    installer.press("开设新门店")
    installer.press("摄像头")
    page = installer.window.page
    assert isinstance(page, CamerasPage)
    box = next(iter(page.boxes.values()))
    box.addItem("Eye", "/dev/v4l/by-id/not-there")
    box.setCurrentIndex(box.count() - 1)
    installer.until(lambda: page.status.text == "摄像头已不在，请检查是否插好")


class OnePrinter:
    """A printer that remembers."""

    def __init__(self) -> None:
        self.jobs: list[tuple[str, str]] = []

    def names(self) -> tuple[str, ...]:
        return ("front-desk", "slips")

    def print_pdf(self, pdf: bytes, *, job_key: str, title: str, printer: str = "") -> object:
        assert pdf.startswith(b"%PDF")
        self.jobs.append((title, printer))
        return None


def test_without_a_printer_there_is_no_button(installer: Installer) -> None:
    installer.press("开设新门店")
    installer.press("打印")
    page = installer.window.page
    assert isinstance(page, PrintingPage)
    if not installer.first_start.printers():
        assert not page.sheets.test.isVisible()
        assert not page.slips.test.isVisible()


def test_a_printer_prints_a_page_and_is_kept(
    qtbot: QtBot, background: Background, settings: Settings, file: Path
) -> None:
    printer = OnePrinter()
    first_start = make_first_start(settings, SystemClock(), file=file)
    machine = StoreMachine(settings, SystemClock(), file=file, printer=printer)  # type: ignore[arg-type] # the answer is not used
    first_start._machine = machine
    installer = Installer(qtbot, background, first_start)
    installer.press("开设新门店")
    installer.press("打印")
    page = installer.window.page
    assert isinstance(page, PrintingPage)
    assert installer.find("打印测试页") is None, "no printer is chosen yet"
    page.sheets.box.setCurrentIndex(1)
    installer.press("打印测试页")
    page.slips.box.setCurrentIndex(2)
    installer.press("打印测试小票")
    installer.press("恢复单")
    installer.press("打印恢复单")
    assert printer.jobs == [("Test page", "front-desk"), ("Test slip", "slips"), ("Recovery sheet", "front-desk")]
    printing = read_settings(file, {}).printing
    assert (printing.printer, printing.slip_printer) == ("front-desk", "slips")
    installer.press("打印")
    page = installer.window.page
    assert isinstance(page, PrintingPage)
    page.slips.box.setCurrentIndex(0)
    installer.press("继续")
    assert read_settings(file, {}).printing.slip_printer == "", "a printer can be taken away again"
    first_start.close()


def test_a_logo_must_be_a_drawing(installer: Installer, settings: Settings) -> None:
    installer.press("开设新门店")
    facts = replace(installer.first_start.progress().store, brand="澄野", name="望江路")
    refused = installer.first_start
    with pytest.raises(NotALogo):
        refused.save_store(facts, logo=b"\x89PNG")
    assert refused.save_store(facts, logo=LOGO).store.has_logo
