"""Keeping and showing what the floor cameras counted."""

from datetime import timedelta

from smart4s_kiosk.domain.foot_traffic import COUNTS_LIFE, FloorCounts, hour_of
from smart4s_kiosk.services.foot_traffic import FootTraffic
from tests.fakes.clock import FakeClock
from tests.fakes.storage import FakeStorage


def test_parts_of_a_day_come_back_together_and_old_ones_go() -> None:
    clock = FakeClock()
    traffic = FootTraffic(FakeStorage(), clock)
    hour = hour_of(clock.now()) - timedelta(hours=2)
    traffic.record(FloorCounts("floor", hour, came_in=2, cells={(1, 1): 2.0}))
    traffic.record(FloorCounts("floor", hour, came_in=1, cells={(1, 1): 1.0}))
    traffic.record(FloorCounts("floor", hour + timedelta(hours=1), went_out=3, cells={(2, 1): 4.0}))
    day = traffic.latest_day()["floor"]
    assert (day.came_in, day.went_out) == (3, 3)
    assert dict(day.cells) == {(1, 1): 3.0, (2, 1): 4.0}
    assert [part.came_in for part in traffic.totals(hour, clock.now())] == [3, 0]
    clock.advance(seconds=COUNTS_LIFE.total_seconds())
    assert traffic.forget_old() == 2
    assert traffic.latest_day() == {}
