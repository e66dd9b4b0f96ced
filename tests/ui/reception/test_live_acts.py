"""Each act on a card of the live board by its key: receive, assign, merge, link, close, call."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from smart4s_kiosk.domain.foot_traffic import FloorCounts, hour_of
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.visits import Outcome, VisitState
from smart4s_kiosk.services.customers import NewCustomer
from smart4s_kiosk.ui.reception.dialogs import CallDialog, ChoiceDialog, LinkDialog, VisitDialog
from smart4s_kiosk.ui.widgets.words import Words
from tests.desk_showroom import SHEN, ZHOU
from tests.ui.reception.conftest import Bench, MakeBench
from tests.ui.reception.hands import LI, WANG, Key, dialog_of, one_waiting, press, shell_of, state_of


def out_on_a_drive(bench: Bench, *, phone: str) -> None:
    with bench.room.storage.begin() as work:
        work.staff.put(replace(work.staff.get(WANG), version=2, phone=phone))
    bench.room.drive("d1", "孙悦", "王静", minutes=5)


def test_f2_goes_oneself_f4_and_f8_close_with_a_reason(make_bench: MakeBench) -> None:
    bench = make_bench()
    visit_id = one_waiting(bench)
    press(bench.window, Key.Key_F2)
    bench.settle()
    assert bench.room.visits.get(visit_id).consultant_id == SHEN
    bench.changed()
    tile = shell_of(bench).live.tile_of(visit_id)
    assert tile is not None
    tile.setFocus()
    press(tile, Key.Key_F4)
    bench.settle()
    assert state_of(bench, visit_id) is VisitState.SERVING
    bench.changed()
    press(tile, Key.Key_F8)
    dialog = dialog_of(bench, ChoiceDialog)
    assert isinstance(dialog, ChoiceDialog)
    press(dialog.rows, Key.Key_4)
    press(dialog.rows, Key.Key_Return)
    bench.settle()
    assert bench.room.visits.get(visit_id).outcome is Outcome.NOT_BUYING_NOW


def test_f3_assigns_to_the_chosen_colleague(make_bench: MakeBench) -> None:
    bench = make_bench()
    visit_id = one_waiting(bench)
    press(bench.window, Key.Key_F3)
    bench.settle()
    dialog = dialog_of(bench, ChoiceDialog)
    assert isinstance(dialog, ChoiceDialog)
    names = [row.main for row in dialog.rows.rows]
    assert names[0] == "按轮次安排"
    for _step in range(names.index("李明哲")):
        press(dialog.rows, Key.Key_Down)
    press(dialog, Key.Key_Return)
    bench.settle()
    assert bench.room.visits.get(visit_id).consultant_id == LI
    assert "李明哲" in bench.window.notice


def test_a_change_of_another_console_is_told_and_not_overwritten(make_bench: MakeBench) -> None:
    bench = make_bench()
    visit_id = one_waiting(bench)
    press(bench.window, Key.Key_F3)
    bench.settle()
    dialog = dialog_of(bench, ChoiceDialog)
    bench.room.desk.assign(visit_id, LI, by=ZHOU)
    press(dialog, Key.Key_Return)
    bench.settle()
    assert bench.room.visits.get(visit_id).consultant_id == LI
    assert "已被" in bench.window.notice or "别人" in bench.window.notice or "最新" in bench.window.notice
    tile = shell_of(bench).live.tile_of(visit_id)
    assert tile is not None
    assert tile.card.consultant == "李明哲"


def test_merging_can_be_undone_from_the_notice(make_bench: MakeBench) -> None:
    bench = make_bench()
    one_waiting(bench)
    twin = bench.room.arrive("w2", "李婷婷", ask=LI)
    bench.changed()
    tile = shell_of(bench).live.tile_of(twin)
    assert tile is not None
    tile.setFocus()
    press(tile, Key.Key_F7)
    press(dialog_of(bench, ChoiceDialog), Key.Key_Return)
    bench.settle()
    assert state_of(bench, twin) is VisitState.MERGED
    notice = bench.window._notice
    assert notice is not None
    assert notice.button is not None
    QTest.mouseClick(notice.button, Qt.MouseButton.LeftButton)
    bench.settle()
    assert state_of(bench, twin) is VisitState.REQUESTED


def test_a_nameless_visitor_is_linked_to_a_guest(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.room.customers.register(NewCustomer("欧阳娜", Title.MS, "13800138001"))
    visit_id = bench.room.arrive("w1", ask=WANG)
    bench.changed()
    press(bench.window, Key.Key_F6)
    dialog = dialog_of(bench, LinkDialog)
    assert isinstance(dialog, LinkDialog)
    QTest.keyClicks(dialog.typed, "8001")
    bench.settle()
    press(dialog.typed, Key.Key_Return)
    bench.settle()
    assert bench.room.visits.get(visit_id).display_name == "欧阳*"


def test_a_card_opens_with_every_act_and_its_key(make_bench: MakeBench) -> None:
    bench = make_bench()
    visit_id = one_waiting(bench)
    tile = shell_of(bench).live.tile_of(visit_id)
    assert tile is not None
    tile.setFocus()
    press(tile, Key.Key_Return)
    dialog = dialog_of(bench, VisitDialog)
    press(dialog, Key.Key_F2)
    bench.settle()
    assert bench.room.visits.get(visit_id).consultant_id == SHEN


def test_an_expected_guest_arrives_with_enter(make_bench: MakeBench) -> None:
    bench = make_bench(signed_in=False)
    bench.room.busy_morning()
    bench.sign_in()
    rows = shell_of(bench).live.side.appointments.rows
    rows.setFocus()
    press(rows, Key.Key_Down)
    press(rows, Key.Key_Return)
    bench.settle()
    states = [line.state.value for line in bench.room.appointments.of_day()]
    assert states == ["expected", "arrived", "expected"]


def test_a_colleague_at_the_door_is_taken_out_of_the_count(make_bench: MakeBench) -> None:
    bench = make_bench()
    with bench.room.storage.begin() as work:
        work.foot_traffic.add(FloorCounts("door", hour_of(bench.room.clock.now()), came_in=2))
    bench.room.unmet = 2
    bench.changed()
    QTest.mouseClick(shell_of(bench).live.gap.colleague, Qt.MouseButton.LeftButton)
    bench.settle()
    with bench.room.storage.look() as view:
        start = bench.room.clock.now() - timedelta(hours=1)
        assert sum(c.came_in for c in view.foot_traffic.totals(start, start + timedelta(hours=2))) == 1
    assert "同事" in bench.window.notice


def test_a_test_car_that_is_late_rings_once_and_its_consultant_is_called(make_bench: MakeBench) -> None:
    bench = make_bench()
    out_on_a_drive(bench, phone="8012")
    bench.changed("agreements")
    (tile,) = shell_of(bench).live._drives.values()
    assert tile.button.isHidden()
    bench.room.clock.advance(6 * 60)
    shell_of(bench).tick()
    assert not tile.button.isHidden()
    assert bench.sounds.played == []
    bench.room.clock.advance(14 * 60)
    bench.changed("agreements")
    bench.changed("agreements")
    assert bench.sounds.played == [("alarm", 70)]
    assert "超" in bench.window.windowTitle()
    QTest.mouseClick(tile.button, Qt.MouseButton.LeftButton)
    said = [w.text for w in dialog_of(bench, CallDialog).findChildren(Words)]
    assert "8012" in said
    assert "致电王静" in said


def test_without_a_work_number_the_dialog_says_who_can_enter_it(make_bench: MakeBench) -> None:
    bench = make_bench()
    out_on_a_drive(bench, phone="")
    bench.room.clock.advance(6 * 60)
    bench.changed("agreements")
    (tile,) = shell_of(bench).live._drives.values()
    tile.setFocus()
    press(tile, Key.Key_Return)
    assert "店总可在“人员”里登记" in [w.text for w in dialog_of(bench, CallDialog).findChildren(Words)]
