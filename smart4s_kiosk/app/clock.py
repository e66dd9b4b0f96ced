"""The machine's clock and its chance, behind `ports.clock`."""

import secrets
import threading
import time
import uuid
from datetime import UTC, datetime

from smart4s_kiosk.ports.clock import Clock

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
