"""The live board: its columns, timers, search, devices, and what it keeps on a small screen."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from smart4s_kiosk.domain.ids import TerminalId, VisitId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.terminals import Terminal
from smart4s_kiosk.domain.visits import VisitState
from smart4s_kiosk.services.customers import NewCustomer
from smart4s_kiosk.ui.reception.devices_page import DevicesPage
from smart4s_kiosk.ui.reception.dialogs import DeskDialog, VisitDialog
from tests.ui.reception.conftest import MakeBench
from tests.ui.reception.hands import Key, dialog_of, one_waiting, press, shell_of
from tests.waiting import PATIENCE_MS


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


def test_search_finds_who_is_here_and_who_is_not(make_bench: MakeBench) -> None:
    bench = make_bench()
    one_waiting(bench)
    bench.room.customers.register(NewCustomer("李大为", Title.MR, "13700137002"))
    press(bench.window, Key.Key_Slash)
    box = shell_of(bench).live.search
    assert QApplication.focusWidget() is box
    box.insert("李")
    bench.qtbot.waitUntil(lambda: len(box.rows.rows) == 2, timeout=PATIENCE_MS)
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


def test_the_small_screen_keeps_every_column_and_shortens_the_navigation(make_bench: MakeBench) -> None:
    bench = make_bench(size=(1280, 800))
    one_waiting(bench)
    shell = shell_of(bench)
    assert shell.navigation.width() == 69
    for column in (shell.live.waiting, shell.live.serving, shell.live.away):
        assert column.width() > 300


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
