"""Appointments by code and by time."""

from collections.abc import Sequence
from datetime import datetime

from smart4s_kiosk.domain.appointments import Appointment
from tests.fakes.shelves.table import Shelf


class FakeAppointments(Shelf[Appointment]):
    unique = ("code",)

    def by_code(self, code: str) -> Appointment | None:
        found = self._values(lambda a: bool(code) and a.code == code)
        return found[0] if found else None

    def between(self, start: datetime, end: datetime) -> Sequence[Appointment]:
        return sorted(self._values(lambda a: start <= a.at < end), key=lambda a: (a.at, a.id))

    def forget_before(self, moment: datetime) -> int:
        self._table.may_change()
        old = self._values(lambda a: a.at < moment)
        for appointment in old:
            self._table.delete(appointment.id)
        return len(old)
