"""The pages beside the board: keys, customers, showroom log, to do."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QHeaderView, QListView, QScroller

from smart4s_kiosk.domain.ids import StaffId, VisitId
from smart4s_kiosk.domain.keys import KeyPlace
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.staff import Duty
from smart4s_kiosk.domain.visits import Outcome
from smart4s_kiosk.services.customers import NewCustomer
from smart4s_kiosk.services.printing import Printing
from smart4s_kiosk.ui.reception.customers_page import CustomersPage, NumberDialog
from smart4s_kiosk.ui.reception.dialogs import ChoiceDialog, VisitDialog
from smart4s_kiosk.ui.reception.keys_page import HandOutDialog, KeysPage
from smart4s_kiosk.ui.reception.log_page import LogPage
from smart4s_kiosk.ui.reception.pin_dialog import ManagerPinDialog
from smart4s_kiosk.ui.reception.todo_page import TodoPage
from tests.desk_showroom import MANAGER_PIN
from tests.ui.reception.conftest import Bench, MakeBench
from tests.ui.reception.hands import dialog_of, open_page

Key, Mod = Qt.Key, Qt.KeyboardModifier


def agree(bench: Bench, pin: str) -> None:
    dialog = dialog_of(bench, ManagerPinDialog)
    QTest.keyClicks(dialog, pin)
    QTest.keyClick(dialog, Key.Key_Return)
    bench.settle()


# keys


def test_a_key_goes_to_a_colleague_and_comes_back(make_bench: MakeBench) -> None:
    bench = make_bench()
    page = open_page(bench, "keys")
    assert isinstance(page, KeysPage)
    page.table.selectRow(0)
    QTest.keyClick(page.table, Key.Key_H, Mod.ControlModifier)
    QTest.keyClick(dialog_of(bench), Key.Key_Return)
    bench.settle()
    assert page.remark.text == "1 把在外，0 把预留"
    out = bench.room.keys.board()[0]
    assert out.place is KeyPlace.OUT
    bench.room.clock.advance(31 * 60)
    page.read()
    bench.settle()
    page.table.selectRow(0)
    QTest.keyClick(page.table, Key.Key_T, Mod.ControlModifier)
    bench.settle()
    assert page.remark.text == "0 把在外，0 把预留"


def test_a_key_is_wanted_back_when_was_said(make_bench: MakeBench) -> None:
    bench = make_bench()
    page = open_page(bench, "keys")
    assert isinstance(page, KeysPage)
    page.table.selectRow(0)
    QTest.keyClick(page.table, Key.Key_H, Mod.ControlModifier)
    dialog = dialog_of(bench, HandOutDialog)
    assert isinstance(dialog, HandOutDialog)
    assert dialog.lasts == timedelta(minutes=30)
    QTest.keyClick(dialog, Key.Key_2, Mod.AltModifier)
    QTest.keyClick(dialog.time, Key.Key_4)
    QTest.keyClick(dialog, Key.Key_Return)
    bench.settle()
    out = bench.room.keys.board()[0]
    assert out.due_at == bench.room.clock.now() + timedelta(hours=2)


# customers


def test_a_number_needs_a_reason_and_the_21st_the_manager(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.room.customers.register(NewCustomer("冯小敏", Title.MS, "13900004417"))
    page = open_page(bench, "customers")
    assert isinstance(page, CustomersPage)
    shown = " ".join(column.text(line) for line in page.table.shown() for column in page.table._rows.columns)
    assert "小敏" not in shown
    assert "4417" not in shown
    (line,) = page.table.shown()
    page.table.selectRow(0)
    QTest.keyClick(page.table, Key.Key_F5)
    QTest.keyClick(dialog_of(bench), Key.Key_Return)
    bench.settle()
    number = dialog_of(bench, NumberDialog)
    assert isinstance(number, NumberDialog)
    assert number.number.text == "139 0000 4417"
    number.close_now()
    for _again in range(19):
        bench.room.customers.reveal_phone(line.customer_id, by=StaffId("沈佳"), reason="回电")
    page.reveal(line, "回电")
    bench.settle()
    agree(bench, "111222")
    assert not [d for d in bench.window.findChildren(NumberDialog) if d.isVisible()]
    agree(bench, MANAGER_PIN)
    assert dialog_of(bench, NumberDialog).isVisible()
    with bench.room.storage.look() as view:
        last = view.audit.between(bench.room.clock.now() - timedelta(hours=1), bench.room.clock.now() + timedelta(1))[
            -1
        ]
    assert (last.act, last.reason) == ("contact.revealed", "回电 / 周启明")


# showroom log


def log_page(bench: Bench) -> LogPage:
    page = open_page(bench, "log")
    assert isinstance(page, LogPage)
    return page


def test_the_log_is_searched_and_wrong_dates_are_marked(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.room.busy_morning()
    page = log_page(bench)
    assert page.remark.text == "8 次到访"
    page.typed.setText("A-003")
    page.read()
    bench.settle()
    assert [line.label for line in page.table.shown()] == ["A-003"]
    page.first.setText("2026-13-01")
    page.read()
    assert page.first.property("state") == "error"
    assert page.query() is None


def test_a_merge_of_yesterday_is_undone_from_the_log(make_bench: MakeBench) -> None:
    bench = make_bench()
    one, other = bench.room.arrive("w1", "李婷"), bench.room.arrive("w2", "李婷")
    bench.room.desk.merge(one, other, by=StaffId("沈佳"))
    bench.room.clock.advance(20 * 3600)
    page = log_page(bench)
    page.table.selectRow([line.visit_id for line in page.table.shown()].index(one))
    QTest.keyClick(page.table, Key.Key_Return)
    bench.settle()
    QTest.keyClick(dialog_of(bench, VisitDialog), Key.Key_F7)
    bench.settle()
    assert bench.room.visits.get(one).is_open
    bench.room.desk.merge(one, other, by=StaffId("沈佳"))
    bench.room.clock.advance(25 * 3600)
    assert page.console.services.board.card(one).acts == ()


def test_an_export_carries_its_reader_and_many_rows_need_the_manager(make_bench: MakeBench, tmp_path: Path) -> None:
    bench = make_bench()
    bench.room.busy_morning()
    page, file = log_page(bench), tmp_path / "log.xlsx"
    page.export_to(file)
    bench.settle()
    sheet = load_workbook(file).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert "沈佳" in str(rows[0][0])
    assert len(rows) == 2 + 8
    with bench.room.storage.begin() as work:
        strict = replace(work.settings.current(), export_rows_without_pin=5)
        work.settings.put(strict, by=None, at=bench.room.clock.now())
    file.unlink()
    page.export_to(file)
    bench.settle()
    assert not file.exists()
    agree(bench, MANAGER_PIN)
    assert file.exists()


def test_a_file_that_cannot_be_written_is_told_in_words(make_bench: MakeBench, tmp_path: Path) -> None:
    bench = make_bench()
    bench.room.busy_morning()
    log_page(bench).export_to(tmp_path / "no folder" / "log.xlsx")
    bench.settle()
    assert bench.window.notice == "文件写不到那里，请换个位置"


def test_paper_holds_everything_found_is_audited_and_many_rows_need_the_manager(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.room.busy_morning()
    page = log_page(bench)
    with bench.room.storage.begin() as work:
        strict = replace(work.settings.current(), export_rows_without_pin=5)
        work.settings.put(strict, by=None, at=bench.room.clock.now())
    page.print_out()
    bench.settle()
    assert not bench.room.printer.printed
    agree(bench, MANAGER_PIN)
    assert len(bench.room.printer.printed) == 1
    assert bench.window.notice == "正在打印"
    with bench.room.storage.look() as view:
        now = bench.room.clock.now()
        last = view.audit.between(now - timedelta(hours=1), now + timedelta(seconds=1))[-1]
    assert (last.act, last.staff_id, last.rows, last.reason) == ("log.printed", StaffId("沈佳"), 8, "周启明")


def test_a_printer_that_is_away_is_told_and_without_one_there_is_no_button(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.room.busy_morning()
    page = log_page(bench)
    bench.room.printer.away = True
    page.print_out()
    bench.settle()
    assert not bench.room.printer.printed
    assert bench.window.notice
    bench.room.log._printing = Printing(printer=bench.room.printer, sheets="", slips="", clock=bench.room.clock)
    without = LogPage(page.console, page.acts)
    words = {button.text() for button in without.findChildren(QAbstractButton)}
    assert "打印" not in words
    without.deleteLater()


# to do


def test_open_visits_are_closed_together_at_the_end(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.room.busy_morning()
    page = open_page(bench, "todo")
    assert isinstance(page, TodoPage)
    assert page.remark.text == "5 个未结束"
    QTest.keyClick(page.open_rows, Key.Key_Return, Mod.ControlModifier)
    dialog = dialog_of(bench)
    assert isinstance(dialog, ChoiceDialog)
    QTest.keyClick(dialog.rows, Key.Key_1)
    QTest.keyClick(dialog.rows, Key.Key_Return)
    bench.settle()
    with bench.room.storage.look() as view:
        assert list(view.visits.open_visits()) == []
        assert view.visits.get(VisitId("w1")).outcome is Outcome.STAFF_CLOSED
    assert page.nothing.isVisible()


@pytest.mark.parametrize(("digit", "duty"), [(Key.Key_2, Duty.BREAK), (Key.Key_3, Duty.OFF)])
def test_duty_is_changed_by_key(make_bench: MakeBench, digit: Qt.Key, duty: Duty) -> None:
    bench = make_bench()
    page = open_page(bench, "todo")
    assert isinstance(page, TodoPage)
    names = [row.main for row in page.people_rows.rows]
    page.people_rows.choose(names.index("于晴"))
    QTest.keyClick(page.people_rows, digit, Mod.AltModifier)
    bench.settle()
    assert bench.room.staff.get(StaffId("于晴")).duty is duty


def test_every_page_opens_by_key_and_every_button_has_its_word(make_bench: MakeBench) -> None:
    bench = make_bench()
    shell = bench.window.shell
    assert shell is not None
    seen = []
    for key in (Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5, Key.Key_6, Key.Key_1):
        QTest.keyClick(bench.window, key, Mod.ControlModifier)
        bench.settle()
        seen.append(type(shell.stack.currentWidget()).__name__)
    assert seen == ["AppointmentsPage", "KeysPage", "CustomersPage", "LogPage", "TodoPage", "LivePage"]
    for button in bench.window.findChildren(QAbstractButton):
        if button.text():
            assert button.accessibleName() == button.text()


def test_everything_that_rolls_rolls_under_a_finger(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.room.busy_morning()
    bench.changed()
    for name in ("appointments", "keys", "customers", "log", "todo", "devices"):
        open_page(bench, name)
    areas = [a for a in bench.window.findChildren(QAbstractScrollArea) if not isinstance(a, QHeaderView | QListView)]
    assert len(areas) >= 9
    still = [type(a).__name__ for a in areas if not QScroller.hasScroller(a.viewport())]
    assert still == []
