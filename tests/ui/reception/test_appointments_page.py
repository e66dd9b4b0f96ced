"""The page of appointments: the day, booking, the code on screen and paper, import."""

from datetime import timedelta
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from smart4s_kiosk.domain.appointments import AppointmentState
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.services.printing import Printing
from smart4s_kiosk.ui.reception.appointments_page import AppointmentsPage
from smart4s_kiosk.ui.reception.book_dialog import BookDialog
from smart4s_kiosk.ui.reception.code_dialog import CodeDialog
from smart4s_kiosk.ui.reception.dialogs import DeskDialog
from smart4s_kiosk.ui.widgets.chosen_file import read_chosen
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.vision.codes import QrCodeReader
from tests.builders import an_appointment
from tests.ui.hands import until_calm
from tests.ui.reception.conftest import Bench, MakeBench
from tests.ui.reception.hands import dialog_of, open_page

Key, Mod = Qt.Key, Qt.KeyboardModifier


def expect_guest(bench: Bench) -> None:
    with bench.room.storage.begin() as work:
        work.appointments.add(an_appointment("CDE234", name="郑成", at=bench.room.clock.now() + timedelta(minutes=30)))


def test_a_day_is_listed_and_a_guest_arrives_or_is_cancelled(make_bench: MakeBench) -> None:
    bench = make_bench()
    expect_guest(bench)
    page = open_page(bench, "appointments")
    assert isinstance(page, AppointmentsPage)
    (line,) = page.table.shown()
    assert (line.name, line.code) == ("郑*", "CDE234")
    page.table.selectRow(0)
    QTest.keyClick(page.table, Key.Key_Delete)
    QTest.keyClick(dialog_of(bench), Key.Key_Return)
    bench.settle()
    assert page.table.shown()[0].state is AppointmentState.CANCELLED


def test_booking_gives_a_code(make_bench: MakeBench) -> None:
    bench = make_bench()
    page = open_page(bench, "appointments")
    QTest.keyClick(page, Key.Key_B, Mod.ControlModifier)
    dialog = dialog_of(bench, BookDialog)
    assert isinstance(dialog, BookDialog)
    assert dialog.ok.text() == "还缺 时间、姓名"
    QTest.keyClicks(dialog.time, "25:00")
    dialog.name.insert("陈先生")
    QTest.keyClick(dialog, Key.Key_Return, Mod.ControlModifier)
    bench.settle()
    assert dialog.said.text == "请按 14:30 这样写时间"
    dialog.time.setText("14:30")
    until_calm(dialog.ok)
    QTest.keyClick(dialog, Key.Key_Return, Mod.ControlModifier)
    bench.settle()
    (line,) = bench.room.appointments.of_day()
    assert line.code in bench.window.notice
    assert (line.name, line.title, line.at.hour) == ("陈*", Title.MR, 6)
    shown = dialog_of(bench, CodeDialog)
    assert line.code in [words.text for words in shown.findChildren(Words)]


def test_an_appointments_code_is_shown_and_printed_once(make_bench: MakeBench) -> None:
    bench = make_bench()
    expect_guest(bench)
    page = open_page(bench, "appointments")
    assert isinstance(page, AppointmentsPage)
    page.table.selectRow(0)
    QTest.keyClick(page.table, Key.Key_K, Mod.ControlModifier)
    bench.settle()
    dialog = dialog_of(bench, CodeDialog)
    assert isinstance(dialog, CodeDialog)
    assert "CDE234" in [words.text for words in dialog.findChildren(Words)]
    assert read_off_the_screen(dialog.code) == "CDE234"
    QTest.keyClick(dialog, Key.Key_P, Mod.ControlModifier)
    bench.settle()
    assert bench.window.notice == "正在打印"
    (pdf,) = bench.room.printer.printed.values()
    assert "郑*" in pdf.decode()
    assert "郑成" not in pdf.decode()


def read_off_the_screen(label: QWidget) -> str | None:
    """What the kiosk's reader makes of the pixels of this label."""
    image = label.grab().toImage().convertToFormat(QImage.Format.Format_BGR888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return QrCodeReader().read(np.ascontiguousarray(rows[:, : 3 * image.width()].reshape(image.height(), -1, 3)))


def test_without_a_printer_the_code_has_no_print_button(make_bench: MakeBench) -> None:
    bench = make_bench()
    no_printer = Printing(printer=bench.room.printer, sheets="", slips="", clock=bench.room.clock)
    bench.room.slips._printing = no_printer
    expect_guest(bench)
    page = open_page(bench, "appointments")
    assert isinstance(page, AppointmentsPage)
    page.table.selectRow(0)
    page._show_code()
    bench.settle()
    words = [b.text() for b in dialog_of(bench, CodeDialog).findChildren(QAbstractButton)]
    assert words == ["返回"]


def test_an_import_is_all_or_one_report(make_bench: MakeBench, tmp_path: Path) -> None:
    bench = make_bench()
    page = open_page(bench, "appointments")
    assert isinstance(page, AppointmentsPage)
    file = tmp_path / "bookings.csv"
    file.write_bytes("时间,姓名,目的\n2026-11-21 15:00,陈立,保养\n昨天,冯敏,散步\n".encode("gbk"))
    page.import_file(file)
    bench.settle()
    words = [w.text for w in dialog_of(bench, DeskDialog).findChildren(Words)]
    assert "第 3 行：时间、来意无法识别" in words
    assert bench.room.appointments.of_day() == ()
    dialog_of(bench, DeskDialog).close_now()
    file.write_bytes("时间,姓名,目的\n2026-11-21 15:00,陈立,保养\n".encode("gbk"))
    page.import_file(file)
    bench.settle()
    assert bench.window.notice == "已导入 1 个预约"
    assert len(page.table.shown()) == 1


def test_a_huge_or_missing_file_is_refused_in_words_and_never_read_whole(make_bench: MakeBench, tmp_path: Path) -> None:
    bench = make_bench()
    page = open_page(bench, "appointments")
    assert isinstance(page, AppointmentsPage)
    page.import_file(tmp_path / "gone.csv")
    bench.settle()
    assert bench.window.notice == "这个文件读不到，请换一个"
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(1024**3)  # one gigabyte that takes no room
    assert len(read_chosen(huge, 1000)) == 1001
    page.import_file(huge)
    bench.settle()
    assert "太大" in bench.window.notice or "过大" in bench.window.notice
