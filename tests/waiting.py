"""How tests wait for another thread or process: looking often, and for longer than any busy machine needs."""

import threading
import time
from collections.abc import Callable

PATIENCE_S = 90.0
"""A limit costs nothing where the condition comes, so every wait of the tests has this one."""
PATIENCE_MS = int(PATIENCE_S * 1000)
_LOOK_S = 0.02


def until(holds: Callable[[], object], what: str, *, seconds: float = PATIENCE_S) -> None:
    """Wait for something that another thread or process does; fails when the limit passes first."""
    end, pause = time.monotonic() + seconds, threading.Event()
    while not holds():
        assert time.monotonic() < end, f"not in time: {what}"
        pause.wait(_LOOK_S)
