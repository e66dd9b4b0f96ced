"""Names, starts, watches, restarts and stops background loops.

A loop is a plain function `run(stop)` that ends when `stop` is set; looking at `stop` is its heartbeat. A loop that
fails is started again, at most 5 times in 60 s; after that it counts as degraded and is tried once a minute, until it
has run for a minute. One that only waits for something that is away (the database server) is tried every 2 s for ever:
it goes on as soon as that is back.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Generic, TypeVar

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.ports.clock import Clock

RESTARTS_ALLOWED, RESTART_WINDOW_S = 5, 60.0
AWAY_PAUSES = 10
"""First pauses between two tries of a loop that waits for something away: 2 s."""
SILENT_AFTER_S = 30.0
FIRST_PAUSE_S = 0.2
STOP_LIMIT_S = 5.0
T = TypeVar("T")
_log = logging.getLogger(__name__)


class StopEvent(threading.Event):
    """Told to end; every look at it says that the loop still lives."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self.last_look = clock.monotonic()

    def is_set(self) -> bool:
        """Whether to end now."""
        self.last_look = self._clock.monotonic()
        return super().is_set()

    def wait(self, timeout: float | None = None) -> bool:
        """Sleep until told to end or for `timeout` seconds; whether to end now."""
        self.last_look = self._clock.monotonic() + (timeout or 0.0)  # asleep is not silent
        told = super().wait(timeout)
        self.last_look = self._clock.monotonic()
        return told


Loop = Callable[[StopEvent], None]


class StopTurn(IntEnum):
    """The order of stopping: what makes new work ends before what carries it away."""

    CAMERAS = 1
    VISION = 2
    TIMERS = 3
    COURIER = 4
    LAST = 5


class WorkerState(Enum):
    """How a loop is doing."""

    WAITING = "waiting"
    RUNNING = "running"
    SILENT = "silent"
    """Runs, but has not looked at its stop event for too long: it hangs."""
    DEGRADED = "degraded"
    """Failed more often than it may; still tried once a minute."""
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class WorkerReport:
    """One loop for the health page."""

    name: str
    state: WorkerState
    failures: int
    """Since start."""
    last_failure: str
    """The error's type and code, never its text."""


class _Worker:
    def __init__(self, name: str, run: Loop, turn: StopTurn, clock: Clock, first_pause_s: float) -> None:
        self.name = name
        self.turn = turn
        self.stop = StopEvent(clock)
        self.interrupt: Callable[[], None] | None = None
        self.state = WorkerState.WAITING
        self.failures = 0
        self.last_failure = ""
        self._run = run
        self._clock = clock
        self._first_pause_s = first_pause_s
        self._began = 0.0
        self._is_inside = False
        self._restarts: list[float] = []
        self.thread = threading.Thread(target=self._supervise, name=f"worker-{name}", daemon=True)

    def _supervise(self) -> None:
        if self.state is WorkerState.WAITING:
            self.state = WorkerState.RUNNING
        while not self.stop.is_set():
            self._began = self._clock.monotonic()
            self._is_inside = True
            try:
                self._run(self.stop)
            except Exception as error:  # noqa: BLE001 - a loop that fails is started again
                self._is_inside = False
                now = self._clock.monotonic()
                self._note(error, now)
                self.stop.wait(self._first_pause_s * AWAY_PAUSES if _is_away(error) else self._pause(now))
            else:
                break
        _log.info("loop ended", extra={"action": "worker.ended", "worker": self.name, "told": self.stop.is_set()})
        self.state = WorkerState.ENDED

    def _note(self, error: Exception, now: float) -> None:
        before, self.failures = self.last_failure, self.failures + 1
        self.last_failure = str(getattr(error, "code", type(error).__name__))
        facts = {"action": "worker.failed", "worker": self.name, "failures": self.failures}
        if not _is_away(error):
            _log.error("loop failed", exc_info=error, extra=facts)
        elif self.last_failure != before or now - self._began >= RESTART_WINDOW_S:
            _log.warning("loop waits", extra=facts | {"away": getattr(error, "what", "")})

    def _pause(self, now: float) -> float:
        """Seconds until the next start: short and growing while restarts are left, then a minute."""
        self._restarts = [moment for moment in self._restarts if now - moment < RESTART_WINDOW_S]
        has_recovered = now - self._began >= RESTART_WINDOW_S
        was_degraded = self.state is WorkerState.DEGRADED and not has_recovered
        if not was_degraded and len(self._restarts) < RESTARTS_ALLOWED:
            self.state = WorkerState.RUNNING
            self._restarts.append(now)
            return float(self._first_pause_s * 2 ** (len(self._restarts) - 1))
        if not was_degraded:
            _log.error("loop degraded", extra={"action": "worker.degraded", "worker": self.name})
        self.state = WorkerState.DEGRADED
        return RESTART_WINDOW_S

    def report(self, now: float) -> WorkerReport:
        """As it is now."""
        state = self.state
        if state is WorkerState.DEGRADED and self._is_inside and now - self._began >= RESTART_WINDOW_S:
            state = WorkerState.RUNNING
        if state is WorkerState.RUNNING and now - self.stop.last_look > SILENT_AFTER_S:
            state = WorkerState.SILENT
        return WorkerReport(self.name, state, self.failures, self.last_failure)


def _is_away(error: Exception) -> bool:
    """Whether waiting is all that this loop can do about it."""
    return isinstance(error, Unavailable) and error.waiting_helps


class Workers:
    """All background loops of one process."""

    def __init__(self, clock: Clock, first_pause_s: float = FIRST_PAUSE_S) -> None:
        self._clock = clock
        self._first_pause_s = first_pause_s
        self._workers: list[_Worker] = []

    def add(
        self, name: str, run: Loop, *, turn: StopTurn = StopTurn.TIMERS, interrupt: Callable[[], None] | None = None
    ) -> None:
        """A loop to run. `interrupt` frees it from a wait that does not look at the stop event (a parked socket)."""
        if any(worker.name == name for worker in self._workers):
            raise ValueError(f"two workers called {name}")
        worker = _Worker(name, run, turn, self._clock, self._first_pause_s)
        worker.interrupt = interrupt
        self._workers.append(worker)

    def start(self) -> None:
        """Start every loop that was added and not yet started."""
        for worker in self._workers:
            if worker.thread.ident is None:
                worker.thread.start()

    def stop(self, limit_s: float = STOP_LIMIT_S, turns: tuple[StopTurn, ...] = tuple(StopTurn)) -> list[str]:
        """End the loops turn by turn within the limit over all; returns and logs the names of those that did not."""
        until = self._clock.monotonic() + limit_s
        late: list[str] = []
        for turn in sorted(turns):
            due = [worker for worker in self._workers if worker.turn is turn and worker.thread.ident is not None]
            for worker in due:
                worker.stop.set()
                if worker.interrupt is not None:
                    worker.interrupt()
            for worker in due:
                worker.thread.join(min(max(0.0, until - self._clock.monotonic()), limit_s))
                if worker.thread.is_alive():
                    late.append(worker.name)
        if late:
            _log.error("loops did not stop", extra={"action": "worker.late", "workers": late})
        return late

    def reports(self) -> tuple[WorkerReport, ...]:
        """Every loop for the health page."""
        now = self._clock.monotonic()
        return tuple(worker.report(now) for worker in self._workers)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What became of one question: a value, an error, or neither within the limit."""

    value: T | None
    error: Exception | None
    seconds: float

    @property
    def is_late(self) -> bool:
        """Nothing came within the limit; the question may still be running."""
        return self.value is None and self.error is None


def answers_within(limit_s: float, questions: Mapping[str, Callable[[], T]], clock: Clock) -> dict[str, Outcome[T]]:
    """Ask all questions at once and wait for all no longer than the limit. A question must not answer None."""
    answers: dict[str, Outcome[T]] = {}
    began = clock.monotonic()

    def ask(name: str, question: Callable[[], T]) -> None:
        try:
            value, error = question(), None
        except Exception as fault:  # noqa: BLE001 - one broken question must not silence the others
            value, error = None, fault
        answers[name] = Outcome(value, error, clock.monotonic() - began)

    threads = [
        threading.Thread(target=ask, args=question, name=f"question-{question[0]}", daemon=True)
        for question in questions.items()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, limit_s - (clock.monotonic() - began)))
    late: Outcome[T] = Outcome(None, None, limit_s)
    return {name: answers.get(name, late) for name in questions}
