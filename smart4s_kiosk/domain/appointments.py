"""A visit that was announced: code, time, and whom to look for."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from smart4s_kiosk.domain.errors import NotFound, RuleBroken
from smart4s_kiosk.domain.ids import AppointmentId, CustomerId, StaffId, VisitId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.visits import Purpose

CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Nothing that a hurried eye confuses: no 0 O 1 I."""
CODE_LENGTH = 6


class AppointmentState(StrEnum):
    """Where an appointment stands."""

    EXPECTED = "expected"
    ARRIVED = "arrived"
    CANCELLED = "cancelled"
    MISSED = "missed"


def code_in(text: str) -> str:
    """The code in what a message's QR code says: the code alone, or the last part of a link. Empty without one."""
    last = re.split(r"[/=?&#]", text.strip())[-1].upper()
    return last if len(last) == CODE_LENGTH and set(last) <= set(CODE_ALPHABET) else ""


class NoSuchAppointment(NotFound):
    """No appointment of today has that code."""

    code = "appointment.not_found"


class AppointmentAlreadyUsed(RuleBroken):
    """This appointment's visitor has already arrived."""

    code = "appointment.already_used"


@dataclass(frozen=True, slots=True)
class Appointment:
    """Somebody is expected."""

    id: AppointmentId
    version: int
    code: str
    at: datetime
    purpose: Purpose
    name: str
    title: Title
    state: AppointmentState = AppointmentState.EXPECTED
    customer_id: CustomerId | None = None
    consultant_id: StaffId | None = None
    phone_fingerprint: str = ""
    tail_fingerprint: str = ""
    model: str = ""
    note: str = ""
    party_size: int = 1
    visit_id: VisitId | None = None
    source: str = ""

    def arrive(self, visit_id: VisitId) -> "Appointment":
        """The visitor is here."""
        if self.state is AppointmentState.ARRIVED:
            raise AppointmentAlreadyUsed(appointment_id=self.id)
        return replace(self, version=self.version + 1, state=AppointmentState.ARRIVED, visit_id=visit_id)

    def cancel(self) -> "Appointment":
        """The visitor will not come."""
        if self.state is AppointmentState.ARRIVED:
            raise AppointmentAlreadyUsed(appointment_id=self.id)
        return replace(self, version=self.version + 1, state=AppointmentState.CANCELLED)
