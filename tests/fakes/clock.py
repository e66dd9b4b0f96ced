"""A clock that stands still until told, and ids that count."""

import threading
from datetime import UTC, datetime, timedelta

FIRST_MORNING = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
"""A Saturday, 10:00 in Shanghai."""


class FakeClock:
    """Stands still; `advance` moves both clocks, `set` jumps the wall clock alone (as an operator does)."""

    def __init__(self, start: datetime = FIRST_MORNING) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock needs an aware time")
        self._now = start.astimezone(UTC)
        self._monotonic = 1000.0
        self._lock = threading.Lock()

    def now(self) -> datetime:
        with self._lock:
            return self._now

    def monotonic(self) -> float:
        with self._lock:
            return self._monotonic

    def advance(self, seconds: float = 0, *, minutes: float = 0, hours: float = 0, days: float = 0) -> datetime:
        """Let time pass; returns the new now."""
        span = timedelta(seconds=seconds, minutes=minutes, hours=hours, days=days)
        if span < timedelta(0):
            raise ValueError("time only goes forward; use set to put the wall clock back")
        with self._lock:
            self._now += span
            self._monotonic += span.total_seconds()
            return self._now

    def set(self, moment: datetime) -> None:
        """Put the wall clock right or wrong; the monotonic clock does not notice."""
        if moment.tzinfo is None:
            raise ValueError("a clock needs an aware time")
        with self._lock:
            self._now = moment.astimezone(UTC)


class SequentialIds:
    """Ids in UUIDv7 form that count from 1, and codes that count in the alphabet given."""

    def __init__(self) -> None:
        self._count = 0
        self._lock = threading.Lock()

    def new(self) -> str:
        return f"00000000-0000-7000-8000-{self._next():012x}"

    def code(self, length: int, alphabet: str) -> str:
        number, letters = self._next(), ""
        for _ in range(length):
            number, rest = divmod(number, len(alphabet))
            letters = alphabet[rest] + letters
        return letters

    def _next(self) -> int:
        with self._lock:
            self._count += 1
            return self._count
