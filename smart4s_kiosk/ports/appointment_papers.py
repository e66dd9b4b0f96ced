"""Maker of the appointment slip, as services see it: what an invited guest holds up to the kiosk's camera."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from smart4s_kiosk.ports.documents import StoreFace


@dataclass(frozen=True, slots=True)
class AppointmentPaper:
    """An appointment on 80 mm; every text is finished."""

    store: StoreFace
    code: str
    """What the QR code holds, and what can be typed at the kiosk."""
    at: datetime
    guest: str
    """Masked form of address: 张*先生."""
    purpose: str
    consultant: str = ""
    language: str = "zh_CN"


class AppointmentPapers(Protocol):
    """Makes appointment slips."""

    def appointment(self, paper: AppointmentPaper) -> bytes:
        """PDF, 80 mm wide."""
        ...
