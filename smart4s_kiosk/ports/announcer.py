"""Tells the running application, in this process and the others, what happened."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Announcement:
    """One thing that changed: pages that show `concept` read it again. Carries ids only."""

    concept: str
    """Plural noun of the concept: "visits", "staff", "keys", "agreements", "quotes", "appointments", "alarms"."""
    subject_id: str = ""
    """Which one; empty means "read all of it again"."""


class Announcer(Protocol):
    """Publishes announcements after a commit. Thread-safe; never raises; never blocks longer than a queue put."""

    def announce(self, announcement: Announcement) -> None:
        """Tell listeners in this process at once and those in other processes within 300 ms."""
        ...
