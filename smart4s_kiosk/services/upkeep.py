"""What must be forgotten or thrown away in time: runs every job when the program starts and then every few hours."""

import logging
from collections.abc import Callable, Mapping

from smart4s_kiosk.domain.errors import ShowroomError
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.vision import StopSignal

EVERY_S = 6 * 3600.0
LOOK_EVERY_S = 20.0

_log = logging.getLogger(__name__)


class Upkeep:
    """A loop over jobs that say how much they removed. One that is refused or away is tried again next time."""

    def __init__(self, jobs: Mapping[str, Callable[[], int]], clock: Clock) -> None:
        self._jobs = dict(jobs)
        self._clock = clock

    def run(self, stop: StopSignal) -> None:
        """Until stopped."""
        due = self._clock.monotonic()
        while not stop.is_set():
            if self._clock.monotonic() >= due:
                due = self._clock.monotonic() + EVERY_S
                self.run_once()
            stop.wait(LOOK_EVERY_S)

    def run_once(self) -> dict[str, int]:
        """Every job now; what each removed."""
        removed = {}
        for name, job in self._jobs.items():
            try:
                removed[name] = job()
            except ShowroomError as trouble:
                _log.warning("upkeep put off", extra={"action": "upkeep", "job": name, "code": trouble.code})
        if any(removed.values()):
            _log.info("upkeep", extra={"action": "upkeep", "removed": removed})
        return removed
