"""Who is asked next: gathers what the rotation rule needs to know, and asks the rule."""

from datetime import datetime

from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.domain.staff import Duty, Role
from smart4s_kiosk.domain.visits import WITH_CONSULTANT, Visit, VisitState
from smart4s_kiosk.ports.storage import UnitOfWork


class ConsultantChoice:
    """The rotation, fed from the database."""

    def next_for(self, work: UnitOfWork, visit: Visit, now: datetime) -> StaffId | None:
        """The next consultant to ask for this visit, or None when nobody can be asked."""
        order = self.order_for(work, visit, now)
        return order[0] if order else None

    def order_for(self, work: UnitOfWork, visit: Visit, now: datetime) -> list[StaffId]:
        """Everybody who could be asked, best first: own consultant, then least busy, then longest without a visitor."""
        open_visits = work.visits.open_visits()
        load = {v.consultant_id for v in open_visits if v.state in WITH_CONSULTANT or v.state is VisitState.REQUESTED}
        own = work.customers.get(visit.customer_id).consultant_id if visit.customer_id else None
        appointment = work.appointments.get(visit.appointment_id) if visit.appointment_id else None
        inviting = appointment.consultant_id if appointment else None
        candidates = [
            m
            for m in work.staff.all()
            if m.role is Role.CONSULTANT and m.duty is Duty.ON and m.id not in visit.asked and m.id not in load
        ]
        candidates.sort(key=lambda m: (m.id not in {inviting, own}, m.duty_since or now, m.name))
        return [m.id for m in candidates]
