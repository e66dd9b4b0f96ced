"""Starts the screens in a process of their own, and again when that process crashes: the welcome page comes back."""

import logging
import subprocess
from collections.abc import Callable

from smart4s_kiosk.ports.clock import Clock

CRASHES_ALLOWED, WINDOW_S = 5, 60.0
"""More crashes than this in a minute are no accident: then somebody has to look."""
PAUSE_S = 0.5
GAVE_UP = 70
"""EX_SOFTWARE: the screens crash as soon as they are there."""
_log = logging.getLogger(__name__)


def is_crash(status: int) -> bool:
    """Killed by a signal (negative on Linux) or by Windows (0xC0000000 and up); refusals end with 0 to 2."""
    return status < 0 or status > 128


def keep_running(start: Callable[[], "subprocess.Popen[bytes]"], clock: Clock, pause: Callable[[float], object]) -> int:
    """Run until the screens end by themselves; their exit status, or GAVE_UP after too many crashes."""
    crashes: list[float] = []
    while True:
        process = start()
        try:
            status = process.wait()
        except KeyboardInterrupt:
            process.terminate()
            return process.wait()
        if not is_crash(status):
            return status
        now = clock.monotonic()
        crashes = [*(at for at in crashes if now - at < WINDOW_S), now]
        _log.error("screens crashed", extra={"action": "supervise", "status": status, "crashes": len(crashes)})
        if len(crashes) > CRASHES_ALLOWED:
            return GAVE_UP
        pause(PAUSE_S)
