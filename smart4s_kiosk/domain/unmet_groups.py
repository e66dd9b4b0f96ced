"""People who came through the door and were met by nobody: when that rings the alarm, once for each group."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class UnmetGroups:
    """What is known of those who are counted in but not checked in. `seen` gives the state after another look."""

    alarmed: int = 0
    """People for whom the alarm has rung, or who came in before opening: they never ring it again."""
    more_since: datetime | None = None
    """Since when more people than those stand unmet."""

    def seen(self, people: int, now: datetime, *, limit_s: int) -> tuple["UnmetGroups", bool]:
        """The state after counting `people`, and whether the alarm rings now: they stood for `limit_s` seconds."""
        if people <= self.alarmed:
            return UnmetGroups(alarmed=people), False
        since = self.more_since or now
        if now - since >= timedelta(seconds=limit_s):
            return UnmetGroups(alarmed=people), True
        return replace(self, more_since=since), False

    def asleep(self, people: int) -> "UnmetGroups":
        """Closed hours: whoever is in now (staff who open the showroom) rings no alarm after opening either."""
        return UnmetGroups(alarmed=people)
