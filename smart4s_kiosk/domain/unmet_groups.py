"""People who came through the door and were met by nobody: when that rings the alarm, once for each group."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class UnmetGroups:
    """What is known of those who are counted in but not checked in. `seen` gives the state after another look."""

    alarmed: int = 0
    """People for whom the alarm has rung, who came in before opening, or who were served: they never ring it."""
    more_since: datetime | None = None
    """Since when more people than those stand unmet."""

    def seen(self, people: int, now: datetime, *, limit_s: int, served: int = 0) -> tuple["UnmetGroups", bool]:
        """The state after counting `people`, and whether the alarm rings now: they stood for `limit_s` seconds.

        `served`: those among them whose visit was closed since the look before; who stays a while was met.
        """
        known = self.alarmed + served
        if people <= known:
            return UnmetGroups(alarmed=people), False
        since = self.more_since or now
        if now - since >= timedelta(seconds=limit_s):
            return UnmetGroups(alarmed=people), True
        return UnmetGroups(alarmed=known, more_since=since), False

    def asleep(self, people: int) -> "UnmetGroups":
        """Closed hours: whoever is in now (staff who open the showroom) rings no alarm after opening either."""
        return UnmetGroups(alarmed=people)
