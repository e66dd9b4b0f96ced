"""Whether the terminal that carries the outbox reaches the connector: others can see that messages leave."""

from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.storage import Storage

LOOK_EVERY_S = 5.0
STUCK_S = 30.0
"""A message that could leave and has not for so long: nobody's line is up."""


class OthersLine:
    """Watches the message that is due first. By the uptime alone: terminals' clocks may differ."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self._looked_at: float | None = None
        self._first: int | None = None
        self._since = 0.0

    def is_stuck(self) -> bool:
        """As of a look some seconds ago at most."""
        moment = self._clock.monotonic()
        if self._looked_at is None or moment - self._looked_at >= LOOK_EVERY_S:
            self._looked_at = moment
            with self._storage.look() as view:
                due = view.outbox.due(self._clock.now(), limit=1)
            first = due[0].sequence if due else None
            if first != self._first:
                self._first, self._since = first, moment
        return self._first is not None and moment - self._since >= STUCK_S
