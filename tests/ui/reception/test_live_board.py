"""The live board: cards, timers, calls for attention, and each act by its key."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from smart4s_kiosk.domain.foot_traffic import FloorCounts, hour_of
from smart4s_kiosk.domain.ids import StaffId, TerminalId, VisitId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.terminals import Terminal
from smart4s_kiosk.domain.visits import Outcome, VisitState
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.services.customers import NewCustomer
from smart4s_kiosk.ui.reception.devices_page import DevicesPage
from smart4s_kiosk.ui.reception.dialogs import CallDialog, ChoiceDialog, DeskDialog, LinkDialog, VisitDialog
from smart4s_kiosk.ui.reception.shell import Shell
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words
from tests.desk_showroom import SHEN, ZHOU
from tests.ui.reception.conftest import Bench, MakeBench

WANG, LI = StaffId("王静"), StaffId("李明哲")
Key = Qt.Key


def shell_of(bench: Bench) -> Shell:
    shell = bench.window.shell
    assert shell is not None
    return shell


def dialog_of(bench: Bench, kind: type[DeskDialog]) -> DeskDialog:
    return next(d for d in bench.window.findChildren(kind) if d.isVisible())


def press(widget: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(widget, key)


def one_waiting(bench: Bench) -> VisitId:
    visit_id = bench.room.arrive("w1", "李婷", title=Title.MS, ask=WANG)
    bench.changed()
    return visit_id


def state_of(bench: Bench, visit_id: VisitId) -> VisitState:
    return bench.room.visits.get(visit_id).state


def counting(read: Callable[[], object]) -> tuple[Callable[[], object], list[int]]:
    calls: list[int] = []

    def counted() -> object:
        calls.append(1)
        return read()

    return counted, calls


def test_every_column_shows_its_cards(make_bench: MakeBench) -> None:
    bench = make_bench(signed_in=False)
    bench.room.busy_morning()
    bench.sign_in()
    live = shell_of(bench).live
    assert (live.waiting.count.text, live.serving.count.text) == ("2", "3")
    assert live.left_head.text == "刚离店 3"
    first = live.tile_of(VisitId("w1"))
    assert first is not None
    assert first.accessibleName() == "李*女士, 自然到店·看车·B1, 王静 未答复"
    assert live.search.isVisible()


def test_timers_run_without_asking_the_database(make_bench: MakeBench) -> None:
    bench = make_bench()
    visit_id = one_waiting(bench)
    services = bench.window._services
    counted, calls = counting(services.board.read)
    object.__setattr__(services.board, "read", counted)
    tile = shell_of(bench).live.tile_of(visit_id)
    assert tile is not None
    tones = []
    for seconds in (59, 1, 60):
        bench.room.clock.advance(seconds)
        shell_of(bench).tick()
        tones.append((int(tile.seconds), tile._tone()))
    assert tones == [(59, "ink"), (60, "warn"), (120, "danger")]
    assert calls == []


def test_an_arrival_rings_once_and_an_alarm_louder_with_strip_and_title(make_bench: MakeBench) -> None:
    bench = make_bench()
    assert bench.sounds.played == []
    one_waiting(bench)
    assert bench.sounds.played == [("arrival", 70)]
    bench.changed()
    assert bench.sounds.played == [("arrival", 70)]
    bench.room.tick(125)
    bench.changed()
    assert bench.sounds.played[1:] == [("alarm", 70)]
    strip = shell_of(bench).strip
    assert strip.isVisible()
    assert strip.sentence.startswith("李*女士已等 2 分 5 秒")
    assert bench.window.windowTitle().startswith("● 李*女士")
    bench.room.visits.accept(VisitId("w1"), SHEN)
    bench.changed()
    bench.changed()
    assert not strip.isVisible()


def test_muted_and_closed_are_silent_but_not_blind(make_bench: MakeBench) -> None:
    bench = make_bench()
    press(bench.window, Key.Key_F10)
    one_waiting(bench)
    assert bench.sounds.played == [("arrival", 0)]
    with bench.room.storage.begin() as work:
        closed = replace(work.settings.current(), closed_days=(bench.room.clock.now().date().isoformat(),))
        work.settings.put(closed, by=None, at=bench.room.clock.now())
    bench.room.tick(125)
    bench.changed()
    assert bench.sounds.played == [("arrival", 0)]
    assert shell_of(bench).closed.isVisible()
    assert not shell_of(bench).strip.isVisible()
    assert shell_of(bench).live.waiting.count.text == "1"


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


def test_search_finds_who_is_here_and_who_is_not(make_bench: MakeBench) -> None:
    bench = make_bench()
    one_waiting(bench)
    bench.room.customers.register(NewCustomer("李大为", Title.MR, "13700137002"))
    press(bench.window, Key.Key_Slash)
    box = shell_of(bench).live.search
    assert QApplication.focusWidget() is box
    box.insert("李")
    bench.qtbot.waitUntil(lambda: len(box.rows.rows) == 2, timeout=3000)
    assert [row.main for row in box.rows.rows] == ["李*", "李*先生"]
    press(box, Key.Key_Return)
    assert dialog_of(bench, VisitDialog).isVisible()


def test_offline_is_one_grey_bar_and_a_line_in_the_devices(make_bench: MakeBench) -> None:
    bench = make_bench()
    shell = shell_of(bench)
    assert not shell.offline.isVisible()
    bench.room.is_online = False
    for _second in range(5):
        shell.tick()
    assert shell.offline.isVisible()
    assert next((row.main, row.right) for row in shell.live.side.devices.rows.rows) == ("云端连接", "断开，重试中")


def test_the_gap_card_appears_only_where_a_door_is_counted(make_bench: MakeBench) -> None:
    bench = make_bench()
    gap = shell_of(bench).live.gap
    assert not gap.isVisible()
    bench.room.unmet = 2
    bench.changed()
    assert gap.isVisible()
    QTest.mouseClick(gap.greet, Qt.MouseButton.LeftButton)
    bench.settle()
    bench.changed()
    (card,) = shell_of(bench)._console.board.waiting  # type: ignore[union-attr] # a signed-in console has a board
    assert card.state is VisitState.REQUESTED


def test_a_group_that_nobody_met_rings_once_and_flashes_the_title(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.room.unmet = 3
    bench.changed()
    assert bench.sounds.played == []
    with bench.room.storage.begin() as work:
        today = bench.room.clock.now().date()
        work.receipts.keep(f"unmet-alarm:{today}:1", bench.room.clock.now().isoformat(), bench.room.clock.now())
    bench.changed("alarms")
    bench.changed("alarms")
    assert bench.sounds.played == [("alarm", 70)]
    assert "进店 3 人" in bench.window.windowTitle()
    strip = shell_of(bench).strip
    assert "进店 3 人" in strip.sentence
    assert (strip.isVisible(), strip.assign.isVisible(), strip.receive.text()) == (True, False, "派人招呼")
    bench.room.unmet = 0
    bench.changed("foot_traffic")
    assert "●" not in bench.window.windowTitle()
    assert not strip.isVisible()
    bench.room.unmet = 3
    bench.changed("foot_traffic")
    QTest.keyClick(bench.window, Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    press(bench.window, Key.Key_F2)  # on another page too
    bench.settle()
    assert len(bench.room.desk.open_visits()) == 1


def test_the_kiosks_bell_rings_and_stays_until_somebody_goes(make_bench: MakeBench) -> None:
    bench = make_bench()
    calls = shell_of(bench).calls
    assert not calls.isVisible()
    for _press in range(2):
        bench.announcements.announce(Announcement("calls", "B1"))
    bench.qtbot.waitUntil(lambda: len(bench.sounds.played) == 2, timeout=2000)
    assert calls.isVisible()
    assert bench.sounds.played == [("alarm", 70), ("alarm", 70)]
    assert calls.said == ("B1 有客人请您过去",)
    (button,) = (b for b in calls.findChildren(TouchButton) if b.isVisible())
    bench.qtbot.waitUntil(lambda: button.is_calm, timeout=1000)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not calls.isVisible()


def test_a_bell_before_the_sign_in_is_heard_and_still_there_afterwards(make_bench: MakeBench) -> None:
    bench = make_bench(signed_in=False)
    bench.announcements.announce(Announcement("calls", "B1"))
    bench.qtbot.waitUntil(lambda: bench.sounds.played == [("alarm", 70)], timeout=2000)
    bench.sign_in()
    assert shell_of(bench).calls.said == ("B1 有客人请您过去",)


def test_a_drink_is_named_with_who_wishes_it(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.announcements.announce(Announcement("drinks", "w1:coffee"))
    bench.qtbot.waitUntil(lambda: shell_of(bench).calls.said == ("美式",), timeout=2000)
    assert one_waiting(bench) == "w1"
    (said,) = shell_of(bench).calls.said
    assert said.startswith("美式")
    assert "李*" in said


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


def test_the_small_screen_keeps_every_column_and_shortens_the_navigation(make_bench: MakeBench) -> None:
    bench = make_bench(size=(1280, 800))
    one_waiting(bench)
    shell = shell_of(bench)
    assert shell.navigation.width() == 69
    for column in (shell.live.waiting, shell.live.serving, shell.live.away):
        assert column.width() > 300


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


def out_on_a_drive(bench: Bench, *, phone: str) -> None:
    with bench.room.storage.begin() as work:
        work.staff.put(replace(work.staff.get(WANG), version=2, phone=phone))
    bench.room.drive("d1", "孙悦", "王静", minutes=5)


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


def test_an_arrival_flashes_the_title_of_the_window_in_front_a_few_times(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.activateWindow()
    bench.qtbot.waitUntil(bench.window.isActiveWindow, timeout=2000)
    attention = shell_of(bench)._attention
    one_waiting(bench)
    bench.changed()  # the next reading does not end it
    assert "李*" in bench.window.windowTitle()
    for _turn in range(20):
        attention._turn()
    assert "●" not in bench.window.windowTitle()
    assert not attention._flash.isActive()


def test_all_terminals_of_the_showroom_are_seen_and_trouble_is_counted(make_bench: MakeBench) -> None:
    bench = make_bench()
    now = bench.room.clock.now()
    bench.room.devices.tell()
    with bench.room.storage.begin() as work:
        work.terminals.put(Terminal(TerminalId("kiosk-2"), "西门", ("kiosk",), ("face_camera",), ("face_camera",), now))
        for number in (1, 2):
            work.terminals.put(Terminal(TerminalId(f"tablet-{number}"), "", ("tablet",), (), (), now))
        work.announce("terminals")
    bench.changed("terminals")
    shell = shell_of(bench)
    rows = [(row.main, row.right) for row in shell.live.side.devices.rows.rows]
    assert rows == [
        ("云端连接", "正常"),
        ("自助机·西门", "人脸摄像头断开"),
        ("前台·前台", "正常"),
        ("平板 2 台", "全部在线"),
    ]
    press(bench.window, Key.Key_F1)
    dialog_of(bench, DeskDialog).close_now()
    QTest.keyClick(bench.window, Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    bench.settle()
    page = shell.stack.currentWidget()
    assert isinstance(page, DevicesPage)
    assert page.remark.text == "1 台需要看一下"
    bench.room.clock.advance(120)
    bench.changed("terminals")
    assert page.remark.text == "4 台需要看一下"
    assert any("没有消息" in column.text(page.table.shown()[0]) for column in page.table._rows.columns)


def test_nobody_signed_in_hears_arrivals_and_alarms_but_reads_no_name(make_bench: MakeBench) -> None:
    bench = make_bench(signed_in=False)
    bench.changed()  # what stood there before is no arrival
    one_waiting(bench)
    assert bench.sounds.played == [("arrival", 70)]
    assert "有客人在等" in bench.window.windowTitle()
    bench.room.tick(68)
    bench.room.tick(66)
    bench.changed("alarms")
    assert ("alarm", 70) in bench.sounds.played
    assert "李" not in bench.window.windowTitle()
    bench.sign_in()
    bench.changed()
    assert "李*" in bench.window.windowTitle()


def test_f9_takes_the_newest_call(make_bench: MakeBench) -> None:
    bench = make_bench()
    for place in ("B1", "B2"):
        bench.announcements.announce(Announcement("calls", place))
    bench.qtbot.waitUntil(lambda: len(shell_of(bench).calls.said) == 2, timeout=2000)
    press(bench.window, Key.Key_F9)
    assert shell_of(bench).calls.said == ("B1 有客人请您过去",)
    press(bench.window, Key.Key_F9)
    assert not shell_of(bench).calls.isVisible()
