"""Lets waiting workers know that there is something to do."""

import threading


class WorkSignal:
    """A bell with a memory: a ring between two waits is not lost."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._rings = 0

    def ring(self) -> None:
        with self._changed:
            self._rings += 1
            self._changed.notify_all()

    def rings(self) -> int:
        """How often it rang; give it to `wait` to learn of later rings."""
        with self._changed:
            return self._rings

    def wait(self, heard: int, limit_s: float) -> None:
        """Until it rings after `heard`, at most `limit_s`."""
        with self._changed:
            self._changed.wait_for(lambda: self._rings != heard, limit_s)
