"""What a tablet page may use: look, services, who is signed in, and the ways to other pages."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.services.tablet import Tablet
from smart4s_kiosk.services.tablet_views import DriveSheet, Person, Store
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.tablet.places import Place
from smart4s_kiosk.ui.theme.look import Look


@dataclass(frozen=True, slots=True)
class Stage:
    """Given to each page when it is built."""

    look: Look
    tablet: Tablet
    background: Background
    clock: Clock
    person: Person
    store: Store
    open: Callable[[Place], None]
    """Go to another page."""
    show_drive: Callable[[DriveSheet], None]
    """Go on with a test drive at the step that its sheet names."""
    say: Callable[[str], None]
    """One line at the bottom for some seconds."""
    is_portrait: bool = False
    """Taller than wide: what stands side by side otherwise stands below each other."""
    memory: dict[str, Any] = field(default_factory=dict)
    """What pages keep for each other while the window lives (a draft, a language): survives lock and sign-in."""

    def local(self, at: datetime) -> datetime:
        """The showroom's own time of a moment."""
        return at.astimezone(ZoneInfo(self.store.zone))

    def px(self, size: float) -> int:
        return self.look.px(size)

    def now(self) -> datetime:
        """Wall time (UTC)."""
        return self.clock.now()
