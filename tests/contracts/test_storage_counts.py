"""Foot traffic, settings, terminals, audit, numbers, receipts and commands behave alike in all three databases."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from smart4s_kiosk.domain.business_settings import BusinessSettings, WaitLimits
from smart4s_kiosk.domain.errors import VersionConflict
from smart4s_kiosk.domain.foot_traffic import FloorCounts, ZoneCounts
from smart4s_kiosk.domain.ids import (
    StaffId,
    TerminalId,
)
from smart4s_kiosk.domain.terminals import Terminal
from smart4s_kiosk.domain.visits import Alarm, Outcome
from smart4s_kiosk.ports.storage import Storage, UnitOfWork, VisitQuery
from tests.contracts.storage_values import (
    DESK,
    TEN,
    TODAY,
    a_beginning,
    later,
)


@contextmanager
def given_up(storage: Storage) -> Iterator[UnitOfWork]:
    """A unit of work that ends with an error."""
    with suppress(LookupError), storage.begin() as work:
        yield work
        raise LookupError


def test_parts_of_an_hour_add_up(storage: Storage) -> None:
    hour = TEN.replace(minute=0, second=0, microsecond=0)
    part = FloorCounts("door", hour, 3, 1, {(0, 1): 1.5, (7, 2): 0.25}, {"car": ZoneCounts(1, 30.5)}, 4)
    more = FloorCounts("door", hour, 1, 1, {(0, 1): 0.5}, {"car": ZoneCounts(1, 1.0), "desk": ZoneCounts(2, 9.0)}, 2)
    with storage.begin() as work:
        work.foot_traffic.add(part)
        work.foot_traffic.add(replace(part, camera="back"))
    with storage.begin() as work:
        work.foot_traffic.add(more)
        work.foot_traffic.add(replace(more, hour=hour + timedelta(hours=1)))
    with storage.look() as view:
        both = view.foot_traffic.between(hour, hour + timedelta(hours=1))
        assert both == [replace(part, camera="back"), part.plus(more)]
        assert len(view.foot_traffic.between(hour, hour + timedelta(hours=2))) == 3
        assert view.foot_traffic.totals(hour, hour + timedelta(hours=1)) == [
            replace(counts, cells={}, zones={}) for counts in both
        ]
    with storage.begin() as work:
        assert work.foot_traffic.forget_before(hour + timedelta(hours=1)) == 2
        assert len(work.foot_traffic.between(hour, hour + timedelta(days=1))) == 1


def test_who_passes_the_door_is_added_without_touching_the_grid(storage: Storage) -> None:
    hour = TEN.replace(minute=0, second=0, microsecond=0)
    grid = FloorCounts("door", hour, 1, 0, {(0, 1): 1.5}, {"car": ZoneCounts(1, 30.5)}, 4)
    passed = FloorCounts("door", hour, came_in=2, went_out=1)
    with storage.begin() as work:
        work.foot_traffic.add(grid)
        work.foot_traffic.add(passed)
        work.foot_traffic.add(replace(passed, camera="back"))
        work.foot_traffic.add(replace(grid, camera="back"))
    with storage.look() as view:
        both = view.foot_traffic.between(hour, hour + timedelta(hours=1))
    assert both == [replace(grid.plus(passed), camera="back"), grid.plus(passed)]


def test_settings_have_a_history(storage: Storage) -> None:
    with storage.begin() as work:
        assert work.settings.current() == BusinessSettings()
        first = BusinessSettings(store_name="望江路", waits=WaitLimits(ask_next_s=45), weights={"wait": 2.5})
        work.settings.put(first, by=None, at=TEN)
    with storage.begin() as work:
        work.settings.put(replace(first, quote_days=3), by=StaffId("li"), at=later(1))
    with storage.look() as view:
        assert view.settings.current() == replace(first, quote_days=3)
        assert view.settings.history() == [
            (TEN, None, first),
            (later(1), StaffId("li"), replace(first, quote_days=3)),
        ]


def test_each_terminal_tells_how_it_is(storage: Storage) -> None:
    kiosk = Terminal(TerminalId("kiosk-1"), "大厅", ("kiosk",), ("face_camera", "cloud"), ("cloud",), TEN)
    desk = Terminal(TerminalId("desk"), "", ("reception", "manager"), (), (), later(5))
    with storage.begin() as work:
        for terminal in (kiosk, desk, replace(kiosk, lost=(), seen_at=later(1))):
            work.terminals.put(terminal)
    with storage.look() as view:
        assert list(view.terminals.all()) == [desk, replace(kiosk, lost=(), seen_at=later(1))]
    with storage.begin() as work:
        assert work.terminals.forget_before(later(5)) == 1
        assert list(work.terminals.all()) == [desk]


def test_the_audit_chain_has_no_gap(storage: Storage) -> None:
    shanghai = timezone(timedelta(hours=8))
    with storage.begin() as work:
        first = work.audit.append(
            at=TEN.astimezone(shanghai),
            act="log.exported",
            subject_id="log",
            staff_id=StaffId("li"),
            terminal_id=DESK,
            reason="对账",
            rows=12,
            content_hash="ff",
        )
        second = work.audit.append(
            at=later(1), act="contact.revealed", subject_id="c", staff_id=StaffId("li"), terminal_id=DESK
        )
    with given_up(storage) as work:
        work.audit.append(at=later(2), act="never", subject_id="", staff_id=None, terminal_id=DESK)
    with storage.begin() as work:
        third = work.audit.append(at=later(3), act="x", subject_id="c", staff_id=None, terminal_id=DESK)
    assert [line.number for line in (first, second, third)] == [1, 2, 3]
    assert (first.previous, second.previous, third.previous) == ("", first.digest(), second.digest())
    with storage.look() as view:
        stored = view.audit.between(TEN, later(4))
        assert stored == [first, second, third]
        assert [line.digest() for line in stored] == [first.digest(), second.digest(), third.digest()]
        assert view.audit.between(later(1), later(3)) == [second]
        assert view.audit.count("contact.revealed", StaffId("li"), TEN) == 1
        assert view.audit.count("contact.revealed", StaffId("li"), later(2)) == 0
        assert view.audit.count("contact.revealed", StaffId("wang"), TEN) == 0


def test_numbers_count_without_gaps_by_name_and_day(storage: Storage) -> None:
    with storage.begin() as work:
        assert [work.counters.next("visits", TODAY) for _ in range(3)] == [1, 2, 3]
        assert work.counters.next("agreements", TODAY) == 1
        assert work.counters.next("visits", TODAY + timedelta(days=1)) == 1
    with given_up(storage) as work:
        assert work.counters.next("visits", TODAY) == 4
    with storage.begin() as work:
        assert work.counters.next("visits", TODAY) == 4


def test_a_second_press_finds_what_the_first_made(storage: Storage) -> None:
    with storage.begin() as work:
        assert work.receipts.find("key") is None
        work.receipts.keep("key", "visit-1", TEN)
    with storage.begin() as work, pytest.raises(VersionConflict):
        work.receipts.keep("key", "visit-2", TEN)
    with storage.look() as view:
        assert view.receipts.find("key") == "visit-1"


def test_a_command_is_new_once(storage: Storage) -> None:
    with storage.begin() as work:
        assert work.commands.cursor() == 0
        work.commands.move_cursor(7)
        assert work.commands.is_new("m1", TEN)
        assert not work.commands.is_new("m1", TEN)
    with given_up(storage) as work:
        assert work.commands.is_new("m2", TEN)
        work.commands.move_cursor(9)
    with storage.begin() as work:
        assert work.commands.cursor() == 7
        work.commands.move_cursor(2**40)
        assert work.commands.is_new("m2", TEN)
        assert not work.commands.is_new("m1", TEN)
    with storage.look() as view:
        assert view.commands.cursor() == 2**40


def test_outcome_and_alarm_words_fit(storage: Storage) -> None:
    """Every word of an enum can be stored and read."""
    with storage.begin() as work:
        for number, (outcome, alarm) in enumerate((o, a) for o in Outcome for a in Alarm):
            visit, step = a_beginning(f"v{number}")
            work.visits.add(replace(visit, outcome=outcome, alarm=alarm), replace(step, outcome=outcome, alarm=alarm))
    with storage.look() as view:
        assert view.visits.count(VisitQuery()) == len(Outcome) * len(Alarm)
        assert {v.outcome for v in view.visits.search(VisitQuery())} == set(Outcome)
