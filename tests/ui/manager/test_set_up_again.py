"""Every step of the first start again, from the manager panel of a store that is open, by events on real widgets."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from smart4s_kiosk.app.build import Application, build
from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.app.first_start import make_first_start
from smart4s_kiosk.app.office import make_office
from smart4s_kiosk.app.set_up_again import DemoStaysAsItIs, RunningMachine, make_set_up_again
from smart4s_kiosk.app.settings import CameraSettings, CamerasSettings, Settings
from smart4s_kiosk.app.settings_reading import read_settings
from smart4s_kiosk.domain.staff import Role, RoleMayNot, StaffMember
from smart4s_kiosk.i18n import use_language
from smart4s_kiosk.ports.vision import CameraStatus
from smart4s_kiosk.services.first_start import FirstStart, Step, StoreFacts
from smart4s_kiosk.services.first_start_refusals import SheetLocked
from smart4s_kiosk.services.set_up_again import SHOWN
from smart4s_kiosk.services.staff_changes import NewMember
from smart4s_kiosk.ui.announcements import Announcements
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.manager.first_start_machine import CamerasPage, SurfacesPage
from smart4s_kiosk.ui.manager.first_start_people import SheetPage
from smart4s_kiosk.ui.manager.pin_again import PinAgain
from smart4s_kiosk.ui.manager.set_up_page import SetUpPage
from smart4s_kiosk.ui.manager.window import ManagerWindow
from smart4s_kiosk.ui.theme.look import Look
from tests.waiting import PATIENCE_MS, PATIENCE_S

PIN, WRONG, BOSS_PIN = "861357", "861358", "475920"


@dataclass
class Panel:
    """The manager's window of a store that was really set up, with somebody signed in."""

    bot: QtBot
    background: Background
    application: Application
    window: ManagerWindow
    file: Path

    def settle(self) -> None:
        self.bot.waitUntil(lambda: self.background.is_idle, timeout=PATIENCE_MS)

    def find(self, words: str) -> QAbstractButton | None:
        for button in self.window.findChildren(QAbstractButton):
            calm = getattr(button, "is_calm", True)  # a second press at once is the same press
            shown = button.isVisible() and button.isEnabled()
            if calm and shown and words == (button.accessibleName() or button.text()):
                return button
        return None

    def press(self, words: str) -> None:
        self.bot.waitUntil(lambda: self.find(words) is not None, timeout=PATIENCE_MS)
        found = self.find(words)
        assert found is not None
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)
        self.settle()

    def type(self, name: str, words: str) -> None:
        lines = self.window.findChildren(QLineEdit)
        line = next(x for x in lines if x.isVisible() and x.accessibleName() == name)
        line.setFocus()
        line.clear()
        line.insert(words)

    @property
    def page(self) -> SetUpPage:
        assert isinstance(self.window.page, SetUpPage)
        return self.window.page

    def is_at(self, step: Step | None) -> bool:
        """At this step; None is the list."""
        return self.page.step is step

    def give_pin(self, pin: str) -> PinAgain:
        dialog = next(one for one in self.window.findChildren(PinAgain) if one.isVisible())
        QTest.keyClicks(dialog, pin)
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        self.settle()
        return dialog

    def acts(self, act: str) -> int:
        with self.application.storage.storage.look() as view:
            lines = view.audit.between(self.application.clock.now().replace(year=2000), self.application.clock.now())
        return sum(line.act == act for line in lines)


def open_store(first_start: FirstStart) -> None:
    """Everything the store needs, done at its first start."""
    first_start.begin()
    first_start.save_store(StoreFacts("澄野汽车", "望江路体验中心"))
    first_start.add_administrator("管理员甲", "S01", PIN, PIN)
    first_start.confirm_sheet(first_start.sheet().lines[first_start.asked_line])
    first_start.finish()
    first_start.close()


@pytest.fixture
def application(settings: Settings, file: Path) -> Iterator[Application]:
    open_store(make_first_start(settings, SystemClock(), file=file))
    running = build(settings)
    yield running
    running.workers.stop(PATIENCE_S)
    running.storage.storage.close()


@pytest.fixture
def administrator(application: Application) -> StaffMember:
    return next(m for m in application.services.staff.all() if m.role is Role.ADMINISTRATOR)


def a_panel(bot: QtBot, background: Background, running: Application, file: Path, who: StaffMember) -> Panel:
    window = ManagerWindow(
        services=running.services,
        background=background,
        announcements=Announcements(),
        clock=running.clock,
        look=Look(density="desk"),
        office=make_office(running, file=file),
    )
    bot.addWidget(window)
    window.show()
    panel = Panel(bot, background, running, window, file)
    panel.settle()
    window.enter(who)
    panel.settle()
    panel.press("经营规则")
    return panel


@pytest.fixture
def panel(
    qtbot: QtBot, background: Background, application: Application, file: Path, administrator: StaffMember
) -> Panel:
    opened = a_panel(qtbot, background, application, file, administrator)
    opened.press("首次启动设置")
    return opened


def test_the_store_is_named_anew_by_who_is_signed_in(panel: Panel, administrator: StaffMember) -> None:
    panel.press("门店：重新设置")
    panel.type("门店名称", "望江路二店")
    panel.press("保存门店")
    assert panel.is_at(None), "back at the list"
    with panel.application.storage.storage.look() as view:
        _at, by, now = view.settings.history()[-1]
    assert (now.store_name, now.brand_name, by, now.is_set_up) == ("望江路二店", "澄野汽车", administrator.id, True)


def test_a_step_that_is_cancelled_changes_nothing(panel: Panel) -> None:
    panel.press("屏幕：重新设置")
    page = panel.page.page
    assert isinstance(page, SurfacesPage)
    page.boxes["tablet"].setChecked(True)
    panel.press("取消")
    assert panel.is_at(None)
    assert "tablet" not in panel.file.read_text(encoding="utf-8")


def test_screens_of_this_terminal_are_written_and_seen_again(panel: Panel, administrator: StaffMember) -> None:
    panel.press("屏幕：重新设置")
    page = panel.page.page
    assert isinstance(page, SurfacesPage)
    page.boxes["tablet"].setChecked(True)
    panel.press("保存屏幕")
    assert "tablet" in read_settings(panel.file, {}).terminal.surfaces
    again = make_set_up_again(panel.application, administrator.id, file=panel.file)
    assert "tablet" in again.progress().chosen["terminal.surfaces"], "not what the running program was started with"


def test_a_refused_step_stays_and_can_be_pressed_again(panel: Panel) -> None:
    panel.press("管理员：重新设置")
    for name, words in (("姓名", "管理员乙"), ("工号", "S02"), ("PIN", BOSS_PIN), ("再输一次 PIN", WRONG)):
        panel.type(name, words)
    panel.press("保存管理员")
    assert panel.is_at(Step.ADMINISTRATOR)
    panel.type("再输一次 PIN", BOSS_PIN)
    panel.press("保存管理员")
    assert panel.is_at(None)
    assert {m.name for m in panel.application.services.staff.all()} == {"管理员甲", "管理员乙"}


def test_the_recovery_sheet_asks_for_the_pin_again_and_leaves_a_trace(panel: Panel) -> None:
    set_up = panel.page.set_up
    assert set_up is not None
    with pytest.raises(SheetLocked):
        set_up.sheet()
    panel.press("恢复单：重新设置")
    assert panel.is_at(None)
    dialog = panel.give_pin(WRONG)
    assert dialog.pin.said.text == "密码不对"
    assert panel.acts(SHOWN) == 0
    panel.give_pin(PIN)
    assert panel.is_at(Step.SHEET)
    assert panel.acts(SHOWN) == 1
    page = panel.page.page
    assert isinstance(page, SheetPage)
    panel.bot.waitUntil(lambda: page.lines[3].text != "", timeout=PATIENCE_MS)
    panel.press("取消")
    with pytest.raises(SheetLocked):
        set_up.sheet()
    panel.press("恢复单：重新设置")
    assert panel.is_at(None), "and asks again the next time"


def test_signing_out_shuts_the_sheet(panel: Panel) -> None:
    set_up = panel.page.set_up
    assert set_up is not None
    panel.press("恢复单：重新设置")
    panel.give_pin(PIN)
    panel.press("退出登录")
    with pytest.raises(SheetLocked):
        set_up.sheet()


def test_a_manager_finds_no_button_and_may_not(
    qtbot: QtBot, background: Background, application: Application, file: Path, administrator: StaffMember
) -> None:
    new = NewMember("经理乙", Role.MANAGER, "M01", pin=BOSS_PIN)
    manager = application.services.staff.add(new, by=administrator.id)
    panel = a_panel(qtbot, background, application, file, manager)
    panel.bot.waitUntil(lambda: panel.find("保存规则") is not None, timeout=PATIENCE_MS)
    assert panel.find("首次启动设置") is None
    with pytest.raises(RoleMayNot):
        make_set_up_again(application, manager.id, file=file)


def test_the_language_of_this_terminal_changes_at_once(panel: Panel) -> None:
    try:
        panel.press("语言：重新设置")
        page = panel.page.page  # the panel's own button for a change of language bears the same word
        assert page is not None
        english = next(b for b in page.findChildren(QAbstractButton) if b.text() == "English")
        QTest.mouseClick(english, Qt.MouseButton.LeftButton)
        panel.bot.waitUntil(lambda: panel.find("Store: do it again") is not None, timeout=PATIENCE_MS)
        assert read_settings(panel.file, {}).screen.language == "en"
    finally:
        use_language("zh_CN")


def test_a_camera_that_this_program_has_open_is_shown_and_not_opened_twice(
    application: Application, settings: Settings, file: Path, tmp_path: Path
) -> None:
    application.storage.storage.close()
    eye = str(Path(__file__).resolve().parents[3] / "resources" / "demo" / "licence")
    cameras = CamerasSettings(face=CameraSettings(source=eye, frames_per_second=10))
    running = build(replace(settings, cameras=cameras))
    running.workers.start()
    try:
        machine = RunningMachine(running, file=file)
        machine.show_camera(eye)
        camera = next(iter(running.cameras.values()))
        assert camera.next_frame(1, PATIENCE_S) is not None
        assert machine.frame() is not None
        assert machine.camera_status() is CameraStatus.RUNNING
        assert machine._workers is None, "nothing else was opened"
        machine.show_camera("")
        assert machine.frame() is None
        assert camera.health().status is CameraStatus.RUNNING, "the kiosk's own look goes on"
    finally:
        running.workers.stop()
        running.storage.storage.close()


def test_leaving_the_page_closes_the_camera_that_it_opened(panel: Panel, tmp_path: Path) -> None:
    panel.press("摄像头：重新设置")
    page = panel.page.page
    assert isinstance(page, CamerasPage)
    box = next(iter(page.boxes.values()))
    box.addItem("Eye", str(tmp_path / "not-there"))
    box.setCurrentIndex(box.count() - 1)
    panel.settle()
    set_up = panel.page.set_up
    assert set_up is not None
    panel.bot.waitUntil(lambda: set_up.camera_status() is CameraStatus.NOT_FOUND, timeout=PATIENCE_MS)
    panel.press("今天")
    panel.bot.waitUntil(lambda: set_up.camera_status() is CameraStatus.STOPPED, timeout=PATIENCE_MS)


def test_the_demo_sets_nothing_of_this_machine(application: Application, file: Path) -> None:
    demo = RunningMachine(replace(application, is_demo=True), file=file)
    before = file.read_text(encoding="utf-8")
    with pytest.raises(DemoStaysAsItIs):
        demo.choose({"terminal.place": "x"})
    with pytest.raises(DemoStaysAsItIs):
        demo.enrol("https://c.example.cn", "code")
    assert file.read_text(encoding="utf-8") == before
