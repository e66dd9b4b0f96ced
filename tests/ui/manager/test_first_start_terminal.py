"""The first start's steps that are about this terminal: screens, cameras, printers, the line to the cloud."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.app.first_start import make_first_start
from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.app.settings_reading import read_settings
from smart4s_kiosk.app.store_machine import StoreMachine
from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.ports.vision import CameraFound, CameraRole, CameraStatus
from smart4s_kiosk.services.first_start import Step
from smart4s_kiosk.services.first_start_refusals import CameraTwice
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.manager.first_start_machine import CamerasPage, SurfacesPage
from smart4s_kiosk.ui.manager.first_start_printing import PrintingPage
from smart4s_kiosk.vision.sources import device_status
from tests.ui.manager.installer import Installer


class OneConnector:
    """Knows one code; the machine of the tests otherwise."""

    def __init__(self) -> None:
        self.enrolled: list[tuple[str, str]] = []

    def enrol(self, address: str, code: str) -> None:
        if code != "7K2M-Q9":
            raise Unavailable("connector", reason="code")
        self.enrolled.append((address, code))


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


def test_a_camera_that_is_gone_says_so_in_words(installer: Installer) -> None:
    installer.press("开设新门店")
    installer.press("摄像头")
    page = installer.window.page
    assert isinstance(page, CamerasPage)
    box = next(iter(page.boxes.values()))
    box.addItem("Eye", "/dev/v4l/by-id/not-there")
    box.setCurrentIndex(box.count() - 1)
    installer.until(lambda: page.status.text == "摄像头已不在，请检查是否插好")


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
