"""Ids under a clock that misbehaves, and the fake clock's own manners."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from smart4s_kiosk.app.clock import CLOSE_ENOUGH, SLOW_ANSWER_S, RandomIds, StoreClock
from tests.fakes.clock import FIRST_MORNING, FakeClock


def milliseconds(text: str) -> int:
    return uuid.UUID(text).int >> 80


def test_an_id_carries_the_time_it_was_made() -> None:
    clock = FakeClock()
    assert milliseconds(RandomIds(clock).new()) == int(FIRST_MORNING.timestamp() * 1000)


def test_ids_still_increase_when_the_wall_clock_is_put_back() -> None:
    clock = FakeClock()
    ids = RandomIds(clock)
    before = [ids.new() for _ in range(10)]
    clock.set(FIRST_MORNING - timedelta(days=3))
    after = [ids.new() for _ in range(10)]
    assert before + after == sorted(before + after)


def test_ids_made_in_the_same_instant_by_two_processes_differ() -> None:
    one, two = RandomIds(FakeClock()), RandomIds(FakeClock())
    assert {one.new() for _ in range(500)}.isdisjoint({two.new() for _ in range(500)})


def test_the_fake_clock_moves_only_when_told() -> None:
    clock = FakeClock()
    start, ticks = clock.now(), clock.monotonic()
    assert clock.advance(minutes=1, seconds=5) == start + timedelta(seconds=65)
    assert clock.monotonic() == ticks + 65
    with pytest.raises(ValueError, match="forward"):
        clock.advance(-1)


def test_setting_the_fake_wall_clock_leaves_durations_alone() -> None:
    clock = FakeClock()
    ticks = clock.monotonic()
    clock.set(datetime(2030, 1, 1, tzinfo=UTC))
    assert clock.now().year == 2030
    assert clock.monotonic() == ticks
    with pytest.raises(ValueError, match="aware"):
        clock.set(datetime(2030, 1, 1))  # noqa: DTZ001 - the naive time is the mistake under test


def test_the_store_goes_by_the_databases_clock_whatever_the_machine_shows() -> None:
    machine = FakeClock()
    store = StoreClock(machine)
    assert store.now() == machine.now(), "nobody has told another time yet"
    told = FIRST_MORNING + timedelta(days=3)
    store.learn(lambda: told)
    machine.advance(seconds=90)
    machine.set(FIRST_MORNING - timedelta(days=400))
    assert store.now() == told + timedelta(seconds=90)
    store.learn(lambda: None)
    assert store.now() == told + timedelta(seconds=90), "a database without a clock changes nothing"


def test_a_slow_answer_is_not_believed_and_a_near_one_moves_nothing() -> None:
    machine = FakeClock()
    store = StoreClock(machine)

    def slow() -> datetime:
        machine.advance(seconds=SLOW_ANSWER_S + 0.1)
        return FIRST_MORNING + timedelta(days=3)

    store.learn(slow)
    assert store.now() == machine.now()
    store.learn(machine.now)
    store.learn(lambda: machine.now() + CLOSE_ENOUGH / 2)
    assert store.now() == machine.now()
    store.learn(lambda: machine.now() + CLOSE_ENOUGH * 2)
    assert store.now() == machine.now() + CLOSE_ENOUGH * 2


def test_half_of_the_way_of_an_answer_is_taken_off() -> None:
    machine = FakeClock()
    store = StoreClock(machine)

    def on_a_slow_network() -> datetime:
        machine.advance(seconds=0.3)
        told = machine.now()
        machine.advance(seconds=0.3)
        return told

    store.learn(on_a_slow_network)
    assert store.now() == machine.now()
