"""Background loops: restarted when they fail, degraded when they keep failing, stopped in order and in time."""

import logging
import threading
from collections.abc import Callable, Iterator

import pytest

from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.app.workers import RESTARTS_ALLOWED, StopEvent, StopTurn, Workers, WorkerState
from smart4s_kiosk.domain.errors import Unavailable
from tests.fakes.clock import FakeClock
from tests.waiting import PATIENCE_S, until


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def workers(clock: FakeClock) -> Iterator[Workers]:
    made = Workers(clock, first_pause_s=0.001)
    yield made
    assert made.stop() == []
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("worker-")]


class Loop:
    """Fails as often as told, then waits for the stop."""

    def __init__(self, failures: int = 0, error: Exception | None = None) -> None:
        self.failures_left = failures
        self.error = error or OSError()
        self.starts = 0
        self.inside = threading.Event()

    def __call__(self, stop: StopEvent) -> None:
        self.starts += 1
        if self.failures_left:
            self.failures_left -= 1
            raise self.error
        self.inside.set()
        stop.wait()


def test_a_loop_runs_on_a_named_thread_until_told(workers: Workers) -> None:
    names: list[str] = []
    loop = Loop()

    def run(stop: StopEvent) -> None:
        names.append(threading.current_thread().name)
        loop(stop)

    workers.add("camera-face", run)
    workers.start()
    assert loop.inside.wait(PATIENCE_S)
    assert names == ["worker-camera-face"]
    assert workers.reports()[0].state is WorkerState.RUNNING
    assert workers.stop() == []
    assert workers.reports()[0].state is WorkerState.ENDED


def test_a_failing_loop_is_started_again(workers: Workers, caplog: pytest.LogCaptureFixture) -> None:
    loop = Loop(failures=3)
    workers.add("courier", loop)
    workers.start()
    assert loop.inside.wait(PATIENCE_S)
    [report] = workers.reports()
    assert (loop.starts, report.failures, report.last_failure) == (4, 3, "OSError")
    assert report.state is WorkerState.RUNNING
    assert len([r for r in caplog.records if r.message == "loop failed" and r.levelno == logging.ERROR]) == 3


def test_a_loop_that_keeps_failing_is_degraded_after_five_restarts(workers: Workers, clock: FakeClock) -> None:
    loop = Loop(failures=100)
    workers.add("vision", loop)
    workers.start()
    until(lambda: workers.reports()[0].state is WorkerState.DEGRADED, "it is degraded")
    assert loop.starts == RESTARTS_ALLOWED + 1
    clock.advance(59)
    assert workers.reports()[0].state is WorkerState.DEGRADED
    assert workers.stop(limit_s=30) == [], "the minute's pause ends when told to stop"


def test_a_loop_that_waits_for_something_away_is_never_given_up(
    workers: Workers, caplog: pytest.LogCaptureFixture
) -> None:
    loop = Loop(failures=5 * RESTARTS_ALLOWED, error=Unavailable("database"))
    workers.add("visit-clock", loop)
    workers.start()
    assert loop.inside.wait(PATIENCE_S), "it goes on when the database is back, after however many tries"
    [report] = workers.reports()
    assert (report.state, report.failures) == (WorkerState.RUNNING, 5 * RESTARTS_ALLOWED)
    assert [r.message for r in caplog.records if r.levelno >= logging.WARNING] == ["loop waits"], "said once"


def test_a_loop_that_waiting_does_not_help_is_given_up(workers: Workers) -> None:
    workers.add("vision", Loop(failures=100, error=Unavailable("model", waiting_helps=False)))
    workers.start()
    until(lambda: workers.reports()[0].state is WorkerState.DEGRADED, "it is degraded")


def test_failures_far_apart_never_degrade(workers: Workers, clock: FakeClock) -> None:
    gate = threading.Semaphore(0)
    entered = threading.Semaphore(0)

    def run(stop: StopEvent) -> None:
        entered.release()
        while not gate.acquire(timeout=0.01):
            if stop.is_set():
                return
        raise OSError

    workers.add("camera", run)
    workers.start()
    for _ in range(12):
        assert entered.acquire(timeout=PATIENCE_S)
        clock.advance(20)
        gate.release()
    assert entered.acquire(timeout=PATIENCE_S)
    assert workers.reports()[0].failures == 12
    assert workers.reports()[0].state is WorkerState.RUNNING


def test_a_loop_that_hangs_is_silent_and_one_that_sleeps_is_not(workers: Workers, clock: FakeClock) -> None:
    release, inside = threading.Event(), threading.Event()

    def hang(stop: StopEvent) -> None:
        inside.set()
        release.wait(PATIENCE_S)
        stop.wait()

    sleeper = threading.Event()

    def sleep(stop: StopEvent) -> None:
        sleeper.set()
        stop.wait(3600)

    workers.add("hangs", hang)
    workers.add("sleeps", sleep)
    workers.start()
    assert inside.wait(PATIENCE_S)
    assert sleeper.wait(PATIENCE_S)
    clock.advance(31)

    def states() -> list[WorkerState]:
        return [report.state for report in workers.reports()]

    # The one that sleeps has said so only when it is inside its wait.
    until(lambda: states() == [WorkerState.SILENT, WorkerState.RUNNING], "one is silent and the other is not")
    release.set()


def test_loops_stop_turn_by_turn_and_parked_ones_are_freed(workers: Workers) -> None:
    ended: list[str] = []
    parked = threading.Event()

    def ending(name: str) -> Callable[[StopEvent], None]:
        def run(stop: StopEvent) -> None:
            stop.wait()
            ended.append(name)

        return run

    def long_poll(_stop: StopEvent) -> None:
        parked.wait(PATIENCE_S)
        ended.append("courier")

    workers.add("courier", long_poll, turn=StopTurn.COURIER, interrupt=parked.set)
    workers.add("vision", ending("vision"), turn=StopTurn.VISION)
    workers.add("camera", ending("camera"), turn=StopTurn.CAMERAS)
    workers.start()
    assert workers.stop(turns=(StopTurn.CAMERAS, StopTurn.VISION)) == []
    assert ended == ["camera", "vision"]
    assert workers.stop() == []
    assert ended == ["camera", "vision", "courier"]


def test_who_does_not_stop_is_named_within_the_limit(caplog: pytest.LogCaptureFixture) -> None:
    release = threading.Event()
    workers = Workers(SystemClock())
    workers.add("stubborn", lambda _stop: (release.wait(PATIENCE_S), None)[1])
    workers.add("quick", lambda _stop: None)
    workers.start()
    until(lambda: workers.reports()[1].state is WorkerState.ENDED, "the quick one has ended")
    assert workers.stop(limit_s=0.2) == ["stubborn"]
    assert any(getattr(record, "workers", None) == ["stubborn"] for record in caplog.records)
    release.set()
    assert workers.stop() == []


def test_a_loop_that_ends_by_itself_is_not_started_again(workers: Workers) -> None:
    workers.add("once", lambda _stop: None)
    workers.start()
    until(lambda: workers.reports()[0].state is WorkerState.ENDED, "it has ended")
    assert workers.reports()[0].failures == 0


def test_two_loops_of_one_name_are_refused(workers: Workers) -> None:
    workers.add("courier", Loop())
    with pytest.raises(ValueError, match="courier"):
        workers.add("courier", Loop())


def test_starting_again_starts_only_what_is_new(workers: Workers) -> None:
    first, second = Loop(), Loop()
    workers.add("first", first)
    workers.start()
    workers.add("second", second)
    workers.start()
    assert first.inside.wait(PATIENCE_S)
    assert second.inside.wait(PATIENCE_S)
    assert (first.starts, second.starts) == (1, 1)
