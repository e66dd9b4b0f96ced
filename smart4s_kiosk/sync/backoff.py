"""When to try again, and how long a poll may wait."""

import random
from collections.abc import Callable

from smart4s_kiosk.ports.outbox import LONGEST_PAUSE

BASE_S, CAP_S = 2.0, LONGEST_PAUSE.total_seconds()
LONGEST_POLL_S, SHORTEST_POLL_S = 18, 5
"""18 and not 25: with ten seconds of grace a poll still ends before its worker counts as silent (30 s)."""
_GOOD_POLLS = 10


def full_jitter(attempts: int, chance: Callable[[], float] = random.random) -> float:
    """Seconds to wait after `attempts` failures: anything from 0 to 2, 4, 8, ... at most 300."""
    return chance() * min(CAP_S, BASE_S * 2.0 ** min(max(attempts, 1) - 1, 20))


class PollPace:
    """How long the next poll asks the connector to wait: shorter after trouble, longer again after ten good ones."""

    def __init__(self) -> None:
        self.wait_s = LONGEST_POLL_S
        self._good = 0

    def good(self) -> None:
        self._good += 1
        if self._good >= _GOOD_POLLS and self.wait_s < LONGEST_POLL_S:
            self._good = 0
            self.wait_s += 1

    def cut(self) -> None:
        """A proxy or the network cut the poll short."""
        self._good = 0
        self.wait_s = max(SHORTEST_POLL_S, self.wait_s // 2)
