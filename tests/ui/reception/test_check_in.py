"""F1: a guest is in within seconds, by keyboard alone, once, and known guests are recognised."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.visits import IdentifiedBy, Purpose, Visit, VisitState
from smart4s_kiosk.services.customers import NewCustomer
from smart4s_kiosk.ui.reception.check_in_dialog import CheckInDialog
from tests.desk_showroom import SHEN
from tests.ui.hands import until_calm
from tests.ui.reception.conftest import Bench, MakeBench
from tests.waiting import PATIENCE_MS

Key, Mod = Qt.Key, Qt.KeyboardModifier


def form(bench: Bench) -> CheckInDialog:
    QTest.keyClick(bench.window, Key.Key_F1)
    bench.settle()
    return next(d for d in bench.window.findChildren(CheckInDialog) if d.isVisible())


def open_visits(bench: Bench) -> list[Visit]:
    with bench.room.storage.look() as view:
        return list(view.visits.open_visits())


def send(bench: Bench, dialog: CheckInDialog) -> None:
    QTest.keyClick(dialog, Key.Key_Return, Mod.ControlModifier)
    bench.settle()


def test_a_stranger_by_keyboard_alone(make_bench: MakeBench) -> None:
    bench = make_bench()
    dialog = form(bench)
    QTest.keyClicks(dialog.phone, "13600136001")
    QTest.keyClick(dialog, Key.Key_2, Mod.AltModifier)
    dialog.name.insert("冯女士")
    QTest.keyClick(dialog, Key.Key_3, Mod.AltModifier)
    QTest.keyClick(dialog.purpose, Key.Key_2)
    QTest.keyClick(dialog, Key.Key_5, Mod.AltModifier)
    QTest.keyClick(dialog.party, Key.Key_3)
    send(bench, dialog)
    (visit,) = open_visits(bench)
    assert (visit.purpose, visit.party_size, visit.state) == (Purpose.TEST_DRIVE, 3, VisitState.REQUESTED)
    assert visit.display_name == "冯*"
    (customer,) = bench.room.customers.by_phone("13600136001")
    assert (customer.name, customer.title, customer.source) == ("冯", Title.MS, "walk_in")
    assert "已登记" in bench.window.notice


def test_pressing_twice_makes_one_visit(make_bench: MakeBench) -> None:
    bench = make_bench()
    dialog = form(bench)
    QTest.keyClick(dialog, Key.Key_Return, Mod.ControlModifier)
    QTest.keyClick(dialog, Key.Key_Return, Mod.ControlModifier)
    bench.settle()
    assert len(open_visits(bench)) == 1


def test_nothing_said_and_nobody_wanted(make_bench: MakeBench) -> None:
    bench = make_bench()
    dialog = form(bench)
    QTest.keyClick(dialog, Key.Key_0, Mod.AltModifier)
    bench.settle()
    (visit,) = open_visits(bench)
    assert (visit.identified_by, visit.state, visit.is_waiting) == (IdentifiedBy.ANONYMOUS, VisitState.CHOOSING, False)


def test_a_known_number_is_shown_beside_and_taken_with_enter(make_bench: MakeBench) -> None:
    bench = make_bench()
    known = bench.room.customers.register(NewCustomer("冯小敏", Title.MS, "13900004417", consultant_id=StaffId("何屿")))
    dialog = form(bench)
    QTest.keyClicks(dialog.phone, "139 0000 4417")
    bench.qtbot.waitUntil(dialog.match.card.isVisible, timeout=PATIENCE_MS)
    assert dialog.match.name.text == "冯*女士"
    assert "专属顾问 何屿" in dialog.match.facts.text
    QTest.keyClick(dialog.phone, Key.Key_Return)
    assert dialog.send.text() == "登记并通知何屿"
    send(bench, dialog)
    (visit,) = open_visits(bench)
    assert (visit.customer_id, visit.consultant_id) == (known.id, StaffId("何屿"))


def test_somebody_else_with_the_same_name_is_a_new_guest(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.room.customers.register(NewCustomer("冯小敏", Title.MS, "13900004417"))
    dialog = form(bench)
    QTest.keyClick(dialog, Key.Key_2, Mod.AltModifier)
    dialog.name.insert("冯")
    bench.qtbot.waitUntil(dialog.match.card.isVisible, timeout=PATIENCE_MS)
    QTest.keyClick(dialog, Key.Key_N, Mod.ControlModifier)
    assert not dialog.match.card.isVisible()
    send(bench, dialog)
    (visit,) = open_visits(bench)
    assert visit.customer_id is not None
    assert bench.room.customers.get(visit.customer_id).name == "冯"


def test_half_a_number_is_said_at_the_field_and_nothing_is_lost(make_bench: MakeBench) -> None:
    bench = make_bench()
    dialog = form(bench)
    QTest.keyClicks(dialog.phone, "1390000")
    send(bench, dialog)
    assert dialog.isVisible()
    assert dialog.said.text == "手机号还不完整，应为 11 位"
    assert dialog.phone.property("state") == "error"
    assert open_visits(bench) == []
    QTest.keyClicks(dialog.phone, "4417")
    until_calm(dialog.send)
    send(bench, dialog)
    (visit,) = open_visits(bench)
    assert visit.state is VisitState.REQUESTED


def test_every_consultant_on_duty_is_reached_by_keyboard(make_bench: MakeBench) -> None:
    bench = make_bench()
    dialog = form(bench)
    assert dialog.on_duty.text == "在岗 5 位"
    QTest.keyClick(dialog, Key.Key_6, Mod.AltModifier)
    names = [row.main for row in dialog.people.rows]
    assert len(names) == 1 + 5
    assert dialog.people_area.height() < dialog.people.height()
    for _step in range(5):
        QTest.keyClick(dialog.people, Key.Key_Down)
    last = dialog.people.rows[5].main
    assert dialog.send.text() == f"登记并通知{last}"
    shown = dialog.people_area.viewport().rect().translated(0, dialog.people_area.verticalScrollBar().value())
    assert shown.contains(10, 5 * 52 + 50)
    send(bench, dialog)
    (visit,) = open_visits(bench)
    assert visit.consultant_id == StaffId(last)


def test_the_keyboard_stays_inside_and_escape_leaves(make_bench: MakeBench) -> None:
    bench = make_bench()
    dialog = form(bench)
    for _step in range(20):
        dialog.focusNextPrevChild(True)
        focused = bench.window.focusWidget()
        assert focused is not None
        assert dialog.isAncestorOf(focused)
    QTest.keyClick(dialog, Key.Key_Escape)
    assert not dialog.isVisible()
    assert bench.room.staff.get(SHEN).name == "沈佳"
    assert open_visits(bench) == []
