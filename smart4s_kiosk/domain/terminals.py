"""The showroom's terminals: what each one has, what of it is lost, and when it was heard of last."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from smart4s_kiosk.domain.ids import TerminalId

SILENT_AFTER = timedelta(seconds=90)
"""Three missed signs: switched off, crashed, or its line to the database is down."""
FORGET_AFTER = timedelta(days=30)
"""A terminal that was taken away is no longer shown after this."""


class Device(StrEnum):
    """What a terminal may have."""

    CLOUD = "cloud"
    FACE_CAMERA = "face_camera"
    DOCUMENT_CAMERA = "document_camera"
    FLOOR_CAMERA = "floor_camera"


@dataclass(frozen=True, slots=True)
class Terminal:
    """One terminal as it told about itself at `seen_at`."""

    id: TerminalId
    place: str
    """Where it stands, in the store's words; may be empty."""
    surfaces: tuple[str, ...]
    """Screens that it shows: kiosk, tablet, reception, manager."""
    devices: tuple[str, ...]
    """Names of `Device` that are set up on it."""
    lost: tuple[str, ...]
    """Those of them that do not answer; tried again by themselves."""
    seen_at: datetime

    def is_silent(self, now: datetime) -> bool:
        """Whether nothing was heard of it for too long."""
        return now - self.seen_at > SILENT_AFTER
