"""What rings, flashes and stands on the strip: arrivals, alarms, bells, drinks."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from smart4s_kiosk.domain.drinks import Drink
from smart4s_kiosk.domain.ids import VisitId
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from tests.desk_showroom import SHEN
from tests.ui.reception.conftest import MakeBench
from tests.ui.reception.hands import Key, one_waiting, press, shell_of
from tests.waiting import PATIENCE_MS


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
    bench.qtbot.waitUntil(lambda: len(bench.sounds.played) == 2, timeout=PATIENCE_MS)
    assert calls.isVisible()
    assert bench.sounds.played == [("alarm", 70), ("alarm", 70)]
    assert calls.said == ("B1 有客人请您过去",)
    (button,) = (b for b in calls.findChildren(TouchButton) if b.isVisible())
    bench.qtbot.waitUntil(lambda: button.is_calm, timeout=PATIENCE_MS)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not calls.isVisible()


def test_a_bell_before_the_sign_in_is_heard_and_still_there_afterwards(make_bench: MakeBench) -> None:
    bench = make_bench(signed_in=False)
    bench.announcements.announce(Announcement("calls", "B1"))
    bench.qtbot.waitUntil(lambda: bench.sounds.played == [("alarm", 70)], timeout=PATIENCE_MS)
    bench.sign_in()
    assert shell_of(bench).calls.said == ("B1 有客人请您过去",)


def test_a_drink_is_named_with_who_wishes_it_and_outlasts_the_console(make_bench: MakeBench) -> None:
    bench = make_bench()
    assert one_waiting(bench) == "w1"
    played = len(bench.sounds.played)
    bench.room.drinks.ask(VisitId("w1"), Drink.COFFEE)
    bench.changed("drinks")
    (said,) = shell_of(bench).calls.said
    assert said.startswith("美式")
    assert "李*" in said
    assert bench.sounds.played[played:] == [("arrival", 70)]
    bench.window.sign_out()
    bench.sign_in()
    bench.settle()
    assert shell_of(bench).calls.said == (said,)
    assert len(bench.sounds.played) == played + 1, "nothing new"
    press(bench.window, Key.Key_F9)
    bench.settle()
    bench.changed("drinks")
    assert shell_of(bench).calls.said == ()
    with bench.room.storage.look() as view:
        wish = view.drinks.find(VisitId("w1"))
    assert wish is not None
    assert wish.brought_by == SHEN


def test_a_fourth_wish_waits_for_room_and_a_bell_goes_first(make_bench: MakeBench) -> None:
    bench = make_bench()
    calls = shell_of(bench).calls
    for number, drink in enumerate([*Drink, Drink.TEA]):
        visit = bench.room.arrive(f"d{number}", place=f"C{number}")
        bench.room.clock.advance(1)
        bench.room.drinks.ask(visit, drink)
    bench.changed("drinks")
    places = [said.rpartition("·")[2] for said in calls.said]
    assert places == ["C0", "C1", "C2"]
    bench.announcements.announce(Announcement("calls", "B1"))
    bench.qtbot.waitUntil(lambda: "B1 有客人请您过去" in calls.said, timeout=PATIENCE_MS)
    assert [said.rpartition("·")[2] for said in calls.said[:2]] == ["C0", "C1"]
    assert len(calls.said) == 3
    press(bench.window, Key.Key_F9)
    assert [said.rpartition("·")[2] for said in calls.said] == ["C0", "C1", "C2"]
    bench.room.drinks.brought(VisitId("d0"), Drink.WATER, by=SHEN)
    bench.changed("drinks")
    assert [said.rpartition("·")[2] for said in calls.said] == ["C1", "C2", "C3"]


def test_an_arrival_flashes_the_title_of_the_window_in_front_a_few_times(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.activateWindow()
    bench.qtbot.waitUntil(bench.window.isActiveWindow, timeout=PATIENCE_MS)
    attention = shell_of(bench)._attention
    one_waiting(bench)
    bench.changed()  # the next reading does not end it
    assert "李*" in bench.window.windowTitle()
    for _turn in range(20):
        attention._turn()
    assert "●" not in bench.window.windowTitle()
    assert not attention._flash.isActive()


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
    bench.qtbot.waitUntil(lambda: len(shell_of(bench).calls.said) == 2, timeout=PATIENCE_MS)
    press(bench.window, Key.Key_F9)
    assert shell_of(bench).calls.said == ("B1 有客人请您过去",)
    press(bench.window, Key.Key_F9)
    assert not shell_of(bench).calls.isVisible()
