"""What reception does: check somebody in, find the likely match, receive, assign, hand the open visits over."""

from collections.abc import Sequence
from dataclasses import dataclass

from smart4s_kiosk.domain.customers import Customer, PhoneNotComplete
from smart4s_kiosk.domain.ids import AppointmentId, CustomerId, StaffId, TerminalId, VisitId
from smart4s_kiosk.domain.names import Title, mask_name
from smart4s_kiosk.domain.staff import Duty, Permission
from smart4s_kiosk.domain.visits import WITH_CONSULTANT, IdentifiedBy, Outcome, Purpose, Visit, VisitState
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.storage import Storage
from smart4s_kiosk.services.customers import Customers, NewCustomer
from smart4s_kiosk.services.visits import Arrival, Visits

MOST_MATCHES = 3


@dataclass(frozen=True, slots=True)
class DeskCheckIn:
    """What reception typed; a visitor who says nothing has an empty name."""

    name: str = ""
    title: Title = Title.NONE
    phone: str = ""
    purpose: Purpose = Purpose.LOOK
    party_size: int = 1
    place: str = ""
    consultant_id: StaffId | None = None
    """None: whoever is next in line."""
    wants_nobody: bool = False
    customer_id: CustomerId | None = None
    """The match that reception chose."""
    appointment_id: AppointmentId | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A customer who may be this visitor. Contacts stay masked."""

    customer_id: CustomerId
    name: str
    title: Title
    by_phone: bool
    """The whole number is the same; otherwise only the name or the tail."""
    visits: int
    consultant: str


class Desk:
    """Use cases of the front desk."""

    def __init__(
        self, *, storage: Storage, clock: Clock, visits: Visits, customers: Customers, terminal_id: TerminalId
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._visits = visits
        self._customers = customers
        self._terminal_id = terminal_id

    def matches(self, *, name: str, phone: str) -> tuple[Match, ...]:
        """Who this may be, while reception types: number first, then name."""
        by_phone = self._by_phone(phone)
        by_name = self._customers.search(name) if len(name.strip()) > 1 else []
        numbers = {c.id for c in by_phone}
        found = [*by_phone, *(c for c in by_name if c.id not in numbers)][:MOST_MATCHES]
        with self._storage.look() as view:
            names = {m.id: m.name for m in view.staff.all()}
        return tuple(
            Match(
                c.id,
                mask_name(c.name),
                c.title,
                c.id in numbers,
                c.visits,
                names.get(c.consultant_id, "") if c.consultant_id else "",
            )
            for c in found
        )

    def check_in(self, visit_id: VisitId, typed: DeskCheckIn, *, by: StaffId) -> Visit:
        """A visitor checked in by reception; a second press finds the same visit."""
        visit = self._visits.begin(visit_id=visit_id, place=typed.place, by=by, party_size=typed.party_size)
        if visit.state is VisitState.IDENTIFYING:
            visit = self._visits.identify(visit_id, self._arrival(typed), by=by)
        if visit.state is VisitState.PURPOSE:
            visit = self._visits.state_purpose(visit_id, typed.purpose, party_size=typed.party_size, by=by)
        if visit.state is not VisitState.CHOOSING:
            return visit
        if typed.wants_nobody:
            return self._visits.look_around(visit_id)
        return self._visits.ask(visit_id, typed.consultant_id, by=by)

    def arrive(self, visit_id: VisitId, appointment_id: AppointmentId, *, by: StaffId, place: str = "") -> Visit:
        """An expected guest stands at the desk."""
        with self._storage.look() as view:
            appointment = view.appointments.get(appointment_id)
            inviting = view.staff.get(appointment.consultant_id) if appointment.consultant_id else None
        typed = DeskCheckIn(
            name=appointment.name,
            title=appointment.title,
            purpose=appointment.purpose,
            party_size=appointment.party_size,
            place=place,
            consultant_id=inviting.id if inviting is not None and inviting.duty is Duty.ON else None,
            customer_id=appointment.customer_id,
            appointment_id=appointment_id,
        )
        return self.check_in(visit_id, typed, by=by)

    def receive(self, visit_id: VisitId, *, by: StaffId) -> Visit:
        """我去接待: reception goes themself."""
        return self._visits.accept(visit_id, by)

    def assign(self, visit_id: VisitId, to: StaffId, *, by: StaffId) -> Visit:
        """Ask this consultant now; one who is already with a visitor's consultant takes over."""
        with self._storage.look() as view:
            view.staff.get(by).must_be_allowed(Permission.ASSIGN_VISITS)
            visit = view.visits.get(visit_id)
        if visit.state in WITH_CONSULTANT:
            return self._visits.hand_over(visit_id, to, by=by)
        return self._visits.ask(visit_id, to, by=by)

    def close(self, visit_id: VisitId, outcome: Outcome, *, by: StaffId) -> Visit:
        """The visit is over, with its reason."""
        return self._visits.close(visit_id, outcome, by=by)

    def open_visits(self) -> Sequence[Visit]:
        """What has to be handed over at the end of a shift."""
        with self._storage.look() as view:
            return view.visits.open_visits()

    def close_shift(self, *, by: StaffId, outcome: Outcome = Outcome.STAFF_CLOSED) -> int:
        """End of the day: every visit still open is closed; how many."""
        still_open = self.open_visits()
        for visit in still_open:
            self._visits.close(visit.id, outcome, by=by)
        return len(still_open)

    def _by_phone(self, phone: str) -> list[Customer]:
        try:
            return list(self._customers.by_phone(phone))
        except PhoneNotComplete:
            return []

    def _arrival(self, typed: DeskCheckIn) -> Arrival:
        customer_id = typed.customer_id
        if customer_id is None and (typed.name.strip() or typed.phone) and typed.appointment_id is None:
            new = NewCustomer(name=typed.name, title=typed.title, phone=typed.phone, source="desk")
            customer_id = self._customers.register(new).id
        if customer_id is not None:
            name = self._customers.get(customer_id).name
            return Arrival(IdentifiedBy.STAFF, customer_id, mask_name(name), typed.appointment_id)
        if typed.appointment_id is not None:
            return Arrival(IdentifiedBy.STAFF, None, mask_name(typed.name), typed.appointment_id)
        return Arrival(IdentifiedBy.ANONYMOUS)
