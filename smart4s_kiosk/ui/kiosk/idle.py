"""When nobody touches: counts down, asks "still there?", and goes back to the start. A lying finger holds it."""

from dataclasses import dataclass

from smart4s_kiosk.ports.clock import Clock

WARN_S = 15


@dataclass(slots=True)
class Idle:
    """Pure counting; the window ticks it. `limit_s` 0 never ends."""

    clock: Clock
    limit_s: int = 0
    is_held: bool = False
    _touched: float = 0.0

    def begin(self, limit_s: int) -> None:
        """A page was shown."""
        self.limit_s = limit_s
        self.touch()

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = self.clock.monotonic()

    @property
    def touched(self) -> float:
        """Monotonic seconds of the last touch."""
        return self._touched

    @property
    def left_s(self) -> float | None:
        """Seconds until the start page; None when this page waits without limit."""
        if self.limit_s <= 0:
            return None
        if self.is_held:
            self.touch()
        return max(0.0, self.limit_s - (self.clock.monotonic() - self._touched))

    @property
    def is_over(self) -> bool:
        return self.left_s == 0

    @property
    def must_warn(self) -> bool:
        """The last seconds of a page on which somebody may still be reading."""
        left = self.left_s
        return left is not None and self.limit_s > WARN_S and left <= WARN_S
