"""Ids under a clock that misbehaves, and the fake clock's own manners."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from smart4s_kiosk.app.clock import RandomIds
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
