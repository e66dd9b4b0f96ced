"""How often one member may be written to: WeCom silently drops more than 30 messages a minute or 1,000 an hour.

A bucket that holds B and refills R a minute lets B + R through in the worst minute, so 4 + 25 stays under 30; two
counted hours of 480 stay under 1,000 in any hour.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

PER_MINUTE = 25
BURST = 4
PER_HOUR = 480
_REFILL_S = 60 / PER_MINUTE


@dataclass(frozen=True, slots=True)
class Bucket:
    """What one member may still receive: `level` messages at `at`, and how many went out in the hour from `hour`."""

    level: float
    at: datetime
    hour: datetime
    sent_in_hour: int = 0

    @classmethod
    def full(cls, now: datetime) -> "Bucket":
        return cls(float(BURST), now, now)

    def take(self, now: datetime) -> "tuple[Bucket, timedelta]":
        """One message out of the bucket, and zero; or the bucket as it stands and how long to wait."""
        elapsed = max(0.0, (now - self.at).total_seconds())
        level = min(float(BURST), self.level + elapsed / _REFILL_S)
        fresh_hour = now - self.hour >= timedelta(hours=1)
        hour, sent = (now, 0) if fresh_hour else (self.hour, self.sent_in_hour)
        if sent >= PER_HOUR:
            return Bucket(level, now, hour, sent), hour + timedelta(hours=1) - now
        if level < 1:
            return Bucket(level, now, hour, sent), timedelta(seconds=(1 - level) * _REFILL_S)
        return Bucket(level - 1, now, hour, sent + 1), timedelta(0)
