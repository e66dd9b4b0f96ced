"""Which of today's appointments a guest at the kiosk belongs to: by code, by phone and surname, or by a known face."""

from collections.abc import Sequence
from datetime import datetime

from smart4s_kiosk.domain.appointments import Appointment, AppointmentState
from smart4s_kiosk.domain.customers import TAIL_DIGITS, Customer
from smart4s_kiosk.domain.names import surname
from smart4s_kiosk.ports.storage import UnitOfWork
from smart4s_kiosk.ports.vault import Fingerprints
from smart4s_kiosk.services.local_day import local_day


def by_code(view: UnitOfWork, code: str, now: datetime) -> Appointment | None:
    """Today's appointment with this code that may still be used."""
    found = view.appointments.by_code(code.strip().upper())
    start, end = local_day(now, view.settings.current().zone)
    if found is None or not start <= found.at < end:
        return None
    return found if _is_usable(view, found) else None


def by_phone(
    view: UnitOfWork, digits: str, typed: str, fingerprints: Fingerprints, now: datetime
) -> Appointment | None:
    """The one expected guest with these last four (or all) digits and this surname: never by the digits alone."""
    is_tail = len(digits) == TAIL_DIGITS
    wanted = fingerprints.phone_tail(digits) if is_tail else fingerprints.phone(digits)
    found = [
        one
        for one in _expected(view, now)
        if (one.tail_fingerprint if is_tail else one.phone_fingerprint) == wanted and same_surname(one.name, typed)
    ]
    return found[0] if len(found) == 1 else None


def of_customer(view: UnitOfWork, customer: Customer, now: datetime) -> Appointment | None:
    """The appointment of a guest whom a face or a phone has made known: the next one, when there are several."""
    mine = [
        one
        for one in _expected(view, now)
        if one.customer_id == customer.id
        or (customer.phone_fingerprint and one.phone_fingerprint == customer.phone_fingerprint)
    ]
    return min(mine, key=lambda one: one.at, default=None)


def same_surname(name: str, typed: str) -> bool:
    """Whether somebody called `name` would type this."""
    clean = typed.strip()
    return bool(clean) and (surname(name) == clean or name == clean or name.lower().split(" ")[0] == clean.lower())


def _expected(view: UnitOfWork, now: datetime) -> Sequence[Appointment]:
    start, end = local_day(now, view.settings.current().zone)
    return [one for one in view.appointments.between(start, end) if one.state is AppointmentState.EXPECTED]


def _is_usable(view: UnitOfWork, appointment: Appointment) -> bool:
    """Still expected, or a guest who waits already and shows the code again."""
    if appointment.state is AppointmentState.ARRIVED and appointment.visit_id is not None:
        visit = view.visits.get(appointment.visit_id)
        return visit.is_waiting and (visit.is_queued or visit.requested_at is not None)
    return appointment.state is AppointmentState.EXPECTED
