"""The lease of the showroom's one courier, as one terminal asks for it, keeps it, and lets others have it."""

from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.storage import Storage

LEASE = "courier"
LEASE_S = 12.0
RENEWALS, QUESTIONS = 3, 12
"""In the time of a lease: how often its holder renews it, and how often another asks for it (each question locks the
database for a moment)."""


class CourierLease:
    """Both loops of a courier may ask."""

    def __init__(self, storage: Storage, clock: Clock, holder: str, seconds: float = LEASE_S) -> None:
        self._storage = storage
        self._clock = clock
        self._holder = holder
        self._seconds = seconds
        self._is_ours = False
        self._renew_at = 0.0
        self._ask_at = 0.0
        self._aside_until = 0.0

    @property
    def is_aside(self) -> bool:
        """Whether this terminal lets the others go first now."""
        return self._clock.monotonic() < self._aside_until

    def is_held(self) -> bool:
        """Take it, or renew it every few seconds."""
        moment = self._clock.monotonic()
        if moment < self._aside_until:
            self.give_up()
            return False
        if moment < self._renew_at:
            return True
        if moment < self._ask_at:
            return False
        with self._storage.begin() as work:
            self._is_ours = work.leases.take(LEASE, self._holder, now=self._clock.now(), seconds=self._seconds)
        self._renew_at = moment + self._seconds / RENEWALS if self._is_ours else 0.0
        self._ask_at = 0.0 if self._is_ours else moment + self._seconds / QUESTIONS
        return self._is_ours

    def stand_aside(self, seconds: float) -> None:
        """Let go of it at the next question, and do not ask for so long."""
        self._aside_until = self._clock.monotonic() + seconds

    def step_forward(self) -> None:
        """The line is good after all."""
        self._aside_until = 0.0

    def give_up(self) -> None:
        """Let others take it at once."""
        if self._is_ours:
            with self._storage.begin() as work:
                work.leases.give_up(LEASE, self._holder)
            self._is_ours, self._renew_at = False, 0.0
