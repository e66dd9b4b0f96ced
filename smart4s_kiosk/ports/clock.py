"""Now and new ids: the only way the showroom learns the time or makes something random."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Aware UTC wall time."""
        ...

    def monotonic(self) -> float:
        """Seconds that never jump, for durations and timers."""
        ...


class Ids(Protocol):
    """Makes new identities."""

    def new(self) -> str:
        """A UUIDv7 in text: sorts by time, otherwise random."""
        ...

    def code(self, length: int, alphabet: str) -> str:
        """`length` unpredictable characters of `alphabet` (appointment codes, salts in text)."""
        ...
