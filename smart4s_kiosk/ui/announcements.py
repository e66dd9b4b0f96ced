"""Turns service announcements into one Qt signal on the main thread."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from smart4s_kiosk.ports.announcer import Announcement


class Announcements(QObject):
    """An `Announcer` for this process: `announce` from any thread, `announced` on the main thread."""

    announced = Signal(object)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def announce(self, announcement: Announcement) -> None:
        """Thread-safe and never in the way: after the window has gone it says nothing."""
        if shiboken6.isValid(self):
            self._arrived.emit(announcement)

    def listen(self, owner: QObject, concepts: tuple[str, ...], then: Callable[[Announcement], None]) -> None:
        """Call `then` for announcements about `concepts` (all, when empty) as long as `owner` exists."""

        def hear(announcement: Announcement) -> None:
            if shiboken6.isValid(owner) and (not concepts or announcement.concept in concepts):
                then(announcement)

        self.announced.connect(hear)
        owner.destroyed.connect(lambda: self._forget(hear))

    def _forget(self, hear: Callable[[Announcement], None]) -> None:
        if shiboken6.isValid(self):
            self.announced.disconnect(hear)

    @Slot(object)
    def _tell(self, announcement: Announcement) -> None:
        self.announced.emit(announcement)
