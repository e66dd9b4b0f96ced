"""What every page of the manager's window works with."""

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from smart4s_kiosk.domain.ids import MediaHash
from smart4s_kiosk.domain.staff import StaffMember
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.services import Services
from smart4s_kiosk.services.office import Office
from smart4s_kiosk.ui.announcements import Announcements
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.wording import Trouble


@dataclass(frozen=True, slots=True)
class Stage:
    """Given to pages by the window. `say` tells something at the foot of it, `refuse` why something cannot be."""

    services: Services
    office: Office
    background: Background
    announcements: Announcements
    clock: Clock
    look: Look
    member: StaffMember
    open_page: Callable[[str], None]
    say: Callable[[str], None]
    refuse: Callable[[Trouble], None]
    photo: Callable[[MediaHash], bytes | None]
    zone: ZoneInfo

    def office_zone(self) -> ZoneInfo:
        """The showroom's time zone."""
        return self.zone
