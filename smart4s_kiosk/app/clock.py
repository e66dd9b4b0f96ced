"""The machine's clock, the store's clock, and the machine's chance, behind `ports.clock`."""

import logging
import secrets
import threading
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.ports.clock import Clock

_log = logging.getLogger(__name__)
LEARN_EVERY_S = 20.0
SLOW_ANSWER_S = 1.0
"""An answer that took longer says too little about when it was true."""
CLOSE_ENOUGH = timedelta(seconds=0.25)
"""A difference below this is the way of the answer, not the clock: time does not jump for it."""
_VERSION_7 = 0x7 << 76
_VARIANT = 0b10 << 62
_SUB_MILLISECOND_STEPS = 4096


class SystemClock:
    """The operating system's wall clock and its monotonic clock."""

    def now(self) -> datetime:
        """Aware UTC wall time."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since an arbitrary start; never jumps."""
        return time.monotonic()


class StoreClock:
    """The store's time: what the shared database's clock says, carried on by the monotonic clock between two questions.

    Terminals of one store date, count waits and expire by one clock, whatever each machine's own shows (ADR 0022).
    Until the database has told its time, and with a database that has no clock of its own, it is the machine's.
    """

    def __init__(self, machine: Clock) -> None:
        self._machine = machine
        self._zero: datetime | None = None
        """The store's time when the monotonic clock stood at 0."""

    def now(self) -> datetime:
        """Aware UTC wall time of the store."""
        zero = self._zero
        return self._machine.now() if zero is None else zero + timedelta(seconds=self._machine.monotonic())

    def monotonic(self) -> float:
        """Seconds since an arbitrary start; never jumps."""
        return self._machine.monotonic()

    def learn(self, ask: Callable[[], datetime | None]) -> None:
        """Ask the database for its time and keep it. Raises what `ask` raises."""
        before = self._machine.monotonic()
        told = ask()
        took = self._machine.monotonic() - before
        if told is None or took > SLOW_ANSWER_S:
            return
        zero = told - timedelta(seconds=before + took / 2)
        if self._zero is not None and abs(zero - self._zero) < CLOSE_ENOUGH:
            return
        self._zero = zero
        ahead = (self._machine.now() - self.now()).total_seconds()
        _log.info("store time", extra={"action": "clock.store", "machine_ahead_s": round(ahead, 1)})

    def run(self, ask: Callable[[], datetime | None], stop: threading.Event) -> None:
        """Keep asking; while the database is away the monotonic clock goes on."""
        while not stop.wait(LEARN_EVERY_S):
            try:
                self.learn(ask)
            except Unavailable:
                continue


class RandomIds:
    """UUIDv7 after RFC 9562 §6.2 method 3: 48 bits of milliseconds, 12 bits of the fraction, 62 random bits.

    Ids of one process strictly increase, also when the wall clock is put back.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last_tick = 0
        self._lock = threading.Lock()

    def new(self) -> str:
        """A UUIDv7 in text."""
        milliseconds, fraction = divmod(self._next_tick(), _SUB_MILLISECOND_STEPS)
        bits = (milliseconds & (2**48 - 1)) << 80 | _VERSION_7 | fraction << 64 | _VARIANT | secrets.randbits(62)
        return str(uuid.UUID(int=bits))

    def code(self, length: int, alphabet: str) -> str:
        """`length` unpredictable characters of `alphabet`."""
        return "".join(secrets.choice(alphabet) for _ in range(length))

    def _next_tick(self) -> int:
        """Time in 1/4096 ms, at least one more than the last answer."""
        now = self._clock.now()
        microseconds = int(now.timestamp()) * 1_000_000 + now.microsecond
        with self._lock:
            self._last_tick = max(self._last_tick + 1, microseconds * _SUB_MILLISECOND_STEPS // 1000)
            return self._last_tick
