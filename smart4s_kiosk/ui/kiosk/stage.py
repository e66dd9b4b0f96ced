"""What a kiosk page may use: look, layout, the showroom, and the one way to act."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.services.check_in_acts import CheckIn
from smart4s_kiosk.services.check_in_views import FacePreview, Screen, Shop
from smart4s_kiosk.ui.theme.look import Look

Act = Callable[[CheckIn], Screen]
Question = Callable[[CheckIn], Screen | None]


@dataclass(frozen=True, slots=True)
class Stage:
    """Given to each page when it is built; a page that must look different is built again."""

    look: Look
    shop: Shop
    clock: Clock
    act: Callable[[Act], None]
    """Runs an act off the main thread and shows the screen that it answers with."""
    show: Callable[[Screen], None]
    """Shows a screen that a page already has (back to the list, a closing page)."""
    start: Callable[[], None]
    """From the welcome page to the first question."""
    finish: Callable[[], None]
    """Privacy wipe and back to the welcome page."""
    call_staff: Callable[[], None]
    ask: Callable[[Question], None]
    """Asks quietly, off the main thread, whether there is something to show; None leaves the page as it is."""
    preview: Callable[[], FacePreview | None]
    is_portrait: bool = True
    is_low: bool = False
    memory: dict[str, Any] = field(default_factory=dict)
    """What was typed or chosen on this page: survives a change of language, never a reset."""

    def now(self) -> datetime:
        """Wall time (UTC)."""
        return self.clock.now()

    def px(self, size: float) -> int:
        return self.look.px(size)
