"""Collects garbage on the main thread only: a widget freed by a worker takes the whole process with it."""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 2_000
WHOLE_EVERY = 30
"""Young garbage every two seconds, all of it once a minute."""


class MainThreadCollector(QObject):
    """Switches automatic collection off for the process and does it here instead."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._rounds = 0
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Young objects; everything once a minute."""
        self._rounds += 1
        gc.collect(2 if self._rounds % WHOLE_EVERY == 0 else 1)
