"""One suite for the real clock and ids and for the fakes."""

import uuid
from datetime import UTC

import pytest

from smart4s_kiosk.app.clock import RandomIds, SystemClock
from smart4s_kiosk.ports.clock import Clock, Ids
from tests.fakes.clock import FakeClock, SequentialIds


@pytest.fixture(params=["real", "fake"])
def clock(request: pytest.FixtureRequest) -> Clock:
    return SystemClock() if request.param == "real" else FakeClock()


@pytest.fixture(params=["real", "fake"])
def ids(request: pytest.FixtureRequest) -> Ids:
    return RandomIds(SystemClock()) if request.param == "real" else SequentialIds()


def test_now_is_aware_utc(clock: Clock) -> None:
    assert clock.now().tzinfo is UTC


def test_the_monotonic_clock_never_goes_back(clock: Clock) -> None:
    times = [clock.monotonic() for _ in range(100)]
    assert times == sorted(times)


def test_ids_are_uuids_of_version_7_that_sort_in_the_order_made(ids: Ids) -> None:
    made = [ids.new() for _ in range(2000)]
    assert len(set(made)) == 2000
    assert made == sorted(made)
    for text in made[:50]:
        parsed = uuid.UUID(text)
        assert str(parsed) == text
        assert parsed.version == 7
        assert parsed.variant == uuid.RFC_4122


def test_codes_have_the_length_and_the_letters_asked_for(ids: Ids) -> None:
    codes = {ids.code(8, "23456789ABCDEFGH") for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 8 and set(code) <= set("23456789ABCDEFGH") for code in codes)
