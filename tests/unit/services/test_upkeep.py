"""Jobs that forget in time."""

import logging
import threading

import pytest

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.services.upkeep import EVERY_S, LOOK_EVERY_S, Upkeep
from tests.fakes.clock import FakeClock


class Stop(threading.Event):
    """Lets the fake clock run instead of waiting, and ends after so many waits."""

    def __init__(self, clock: FakeClock, waits: int) -> None:
        super().__init__()
        self._clock, self._waits = clock, waits

    def wait(self, timeout: float | None = None) -> bool:
        self._clock.advance(timeout or 0)
        self._waits -= 1
        if self._waits <= 0:
            self.set()
        return self.is_set()


def test_jobs_run_at_the_start_and_every_six_hours() -> None:
    clock, ran = FakeClock(), list[float]()

    def job() -> int:
        ran.append(clock.monotonic())
        return 1

    stop = Stop(clock, round(2 * EVERY_S / LOOK_EVERY_S) + 1)
    Upkeep({"faces": job}, clock).run(stop)
    assert [round(moment - ran[0]) for moment in ran] == [0, EVERY_S, 2 * EVERY_S]


def test_a_job_that_is_away_is_put_off_and_the_others_run(caplog: pytest.LogCaptureFixture) -> None:
    def away() -> int:
        raise Unavailable("database")

    with caplog.at_level(logging.WARNING):
        assert Upkeep({"away": away, "faces": lambda: 2}, FakeClock()).run_once() == {"faces": 2}
    assert [getattr(record, "job", None) for record in caplog.records] == ["away"]
