"""Hands each announcement to everybody in this process who listens."""

import threading
from collections.abc import Callable

from smart4s_kiosk.ports.announcer import Announcement

Listener = Callable[[Announcement], None]


class AnnouncementHub:
    """Implements `Announcer`. Listeners are quick: they put the announcement into a queue or emit a queued signal."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: tuple[Listener, ...] = ()

    def announce(self, announcement: Announcement) -> None:
        """Tell everybody, in the caller's thread."""
        for listener in self._listeners:
            listener(announcement)

    def listen(self, listener: Listener) -> None:
        """Hear every later announcement."""
        with self._lock:
            self._listeners = (*self._listeners, listener)

    def stop_listening(self, listener: Listener) -> None:
        """Hear no more."""
        with self._lock:
            self._listeners = tuple(known for known in self._listeners if known is not listener)
