"""Forgets what is no longer needed, and takes callbacks that a crash left on disk."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from cloud_connector.relay.callbacks import Callbacks
from cloud_connector.storage.database import Database, DatabaseAway

log = logging.getLogger(__name__)
EVERY_S = 30.0
EVENTS_KEPT = timedelta(days=30)
CARDS_KEPT = timedelta(days=7)
DELIVERIES_KEPT = timedelta(days=14)
LIMITS_KEPT = timedelta(hours=2)


class Cleanup:
    """Runs beside the senders."""

    def __init__(self, database: Database, callbacks: Callbacks, now: Callable[[], datetime]) -> None:
        self._database = database
        self._callbacks = callbacks
        self._now = now

    def run(self, stop: threading.Event) -> None:
        """Until `stop`, twice a minute."""
        while not stop.is_set():
            try:
                self.step()
            except DatabaseAway:
                log.warning("database away, clean-up waits", extra={"action": "cleanup"})
            stop.wait(EVERY_S)

    def step(self) -> None:
        replayed = self._callbacks.replay()
        if replayed:
            log.warning("callbacks taken from disk", extra={"action": "replay", "count": replayed})
        now = self._now()
        with self._database.begin() as work:
            work.sites.forget_old(now)
            work.commands.forget_old(now)
            work.inbox.forget_before(now - EVENTS_KEPT)
            work.quotes.forget_ended(now)
            work.deliveries.forget_before(now - DELIVERIES_KEPT)
            work.cards.forget_before(now - CARDS_KEPT)
            work.visits.forget_before(now - CARDS_KEPT)
            work.limits.forget_before(now - LIMITS_KEPT)
