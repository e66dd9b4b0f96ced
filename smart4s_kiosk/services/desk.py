"""What reception does: check somebody in, find the likely match, receive, assign, hand the open visits over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from smart4s_kiosk.domain.appointments import Appointment, AppointmentState
from smart4s_kiosk.domain.customers import Customer, PhoneNotComplete, clean_phone
from smart4s_kiosk.domain.foot_traffic import COLLEAGUES, FloorCounts
from smart4s_kiosk.domain.ids import AppointmentId, CustomerId, StaffId, TerminalId, VisitId
from smart4s_kiosk.domain.names import Title, mask_name, read_address
from smart4s_kiosk.domain.staff import Duty, Permission
from smart4s_kiosk.domain.visits import WITH_CONSULTANT, IdentifiedBy, Outcome, Purpose, Visit, VisitState
from smart4s_kiosk.ports.clock import Clock, Ids
from smart4s_kiosk.ports.storage import Storage, UnitOfWork
from smart4s_kiosk.ports.vault import Fingerprints
from smart4s_kiosk.services.customers import Customers, NewCustomer
from smart4s_kiosk.services.local_day import local_day
from smart4s_kiosk.services.visits import Arrival, Visits

MOST_MATCHES = 3
MOST_FOUND = 8


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
    source: str = "walk_in"
    """How a new customer came to us."""


@dataclass(frozen=True, slots=True)
class Match:
    """A customer who may be this visitor. Contacts stay masked."""

    customer_id: CustomerId
    name: str
    title: Title
    by_phone: bool
    """The whole number is the same; otherwise only the name or the tail."""
    visits: int
    consultant_id: StaffId | None
    consultant: str
    last_visit_at: datetime | None = None
    appointment_id: AppointmentId | None = None
    """Expected today under this number or record."""
    appointment_at: datetime | None = None
    appointment_purpose: Purpose | None = None


@dataclass(frozen=True, slots=True)
class FoundGuest:
    """One answer of the search box: a visit of now, or a customer who is not here."""

    name: str
    """Masked; empty for a visitor who gave none."""
    title: Title
    label: str
    state: VisitState | None
    consultant: str
    visit_id: VisitId | None = None
    customer_id: CustomerId | None = None
    last_visit_at: datetime | None = None


class Desk:
    """Use cases of the front desk."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        ids: Ids,
        visits: Visits,
        customers: Customers,
        fingerprints: Fingerprints,
        terminal_id: TerminalId,
    ) -> None:
        self._storage = storage
        self._terminal_id = terminal_id
        self._clock = clock
        self._ids = ids
        self._visits = visits
        self._customers = customers
        self._fingerprints = fingerprints

    def new_visit_id(self) -> VisitId:
        """The id of a check-in form: pressing its button twice makes one visit."""
        return VisitId(self._ids.new())

    def matches(self, *, name: str, phone: str) -> tuple[Match, ...]:
        """Who this may be, while reception types: number first, then name."""
        by_phone = self._by_phone(phone)
        by_name = self._customers.search(read_address(name)[0]) if name.strip() else []
        numbers = {c.id for c in by_phone}
        found = [*by_phone, *(c for c in by_name if c.id not in numbers)][:MOST_MATCHES]
        with self._storage.look() as view:
            names = {m.id: m.name for m in view.staff.all()}
            expected = self._expected(view)
        return tuple(_match(c, names, expected, by_phone=c.id in numbers) for c in found)

    def find(self, typed: str) -> tuple[FoundGuest, ...]:
        """The search box: open visits by label or name, then customers by name, tail, whole number or plate."""
        text = typed.strip()
        if not text:
            return ()
        customers = self._customers.search(text)
        known = {c.id for c in customers}
        with self._storage.look() as view:
            names = {m.id: m.name for m in view.staff.all()}
            open_visits = view.visits.open_visits()
        here = [
            v
            for v in open_visits
            if text.casefold() in v.label.casefold() or text[0] == v.display_name[:1] or v.customer_id in known
        ]
        inside = {v.customer_id for v in here}
        away = [c for c in customers if c.id not in inside]
        found = [_found_visit(v, names) for v in here] + [_found_customer(c, names) for c in away]
        return tuple(found[:MOST_FOUND])

    def check_in(self, visit_id: VisitId, typed: DeskCheckIn, *, by: StaffId) -> Visit:
        """A visitor checked in by reception; a second press finds the same visit."""
        if typed.phone:
            clean_phone(typed.phone)  # refused before a visit begins, so that none is left half checked in
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

    def met_colleague(self, *, by: StaffId) -> bool:
        """One of those counted at the door works here: no longer "entered, not met". False when nobody came in today.

        Taken out of the hour in which somebody came in last, so that the manager's figures of the day are right too.
        """
        now = self._clock.now()
        with self._storage.begin() as work:
            work.staff.get(by).must_be_allowed(Permission.ASSIGN_VISITS)
            came: dict[datetime, int] = {}
            for counts in work.foot_traffic.totals(*local_day(now, work.settings.current().zone)):
                came[counts.hour] = came.get(counts.hour, 0) + counts.came_in
            hour = max((hour for hour, people in came.items() if people > 0), default=None)
            if hour is None:
                return False
            work.foot_traffic.add(FloorCounts(COLLEAGUES, hour, came_in=-1))
            work.audit.append(
                at=now, act="floor.colleague", subject_id=COLLEAGUES, staff_id=by, terminal_id=self._terminal_id, rows=1
            )
            work.announce("foot_traffic", COLLEAGUES)
        return True

    def receive(self, visit_id: VisitId, *, by: StaffId) -> Visit:
        """我去接待: reception goes themself."""
        return self._visits.accept(visit_id, by)

    def assign(self, visit_id: VisitId, to: StaffId | None, *, by: StaffId, seen: int | None = None) -> Visit:
        """Ask this consultant (None: the next in line) now; where a consultant is there already, hand over to another.

        `seen` is the version on the screen: a change that another person made since is a `VersionConflict`.
        """
        with self._storage.look() as view:
            view.staff.get(by).must_be_allowed(Permission.ASSIGN_VISITS)
            visit = view.visits.get(visit_id)
        if visit.state in WITH_CONSULTANT and to is not None:
            return self._visits.hand_over(visit_id, to, by=by, seen=seen)
        return self._visits.ask(visit_id, to, by=by, seen=seen)

    def serve(self, visit_id: VisitId, *, by: StaffId) -> Visit:
        """The consultant stands beside the visitor now."""
        return self._visits.serve(visit_id, by)

    def close(self, visit_id: VisitId, outcome: Outcome, *, by: StaffId, seen: int | None = None) -> Visit:
        """The visit is over, with its reason."""
        return self._visits.close(visit_id, outcome, by=by, seen=seen)

    def link(self, visit_id: VisitId, customer_id: CustomerId, *, by: StaffId, seen: int | None = None) -> Visit:
        """Now we know who this visitor is."""
        arrival = Arrival(IdentifiedBy.STAFF, customer_id, mask_name(self._customers.get(customer_id).name))
        return self._visits.link(visit_id, arrival, by=by, seen=seen)

    def merge(self, visit_id: VisitId, into: VisitId, *, by: StaffId, seen: int | None = None) -> Visit:
        """The same party was entered twice."""
        return self._visits.merge(visit_id, into, by=by, seen=seen)

    def unmerge(self, visit_id: VisitId, *, by: StaffId) -> Visit:
        """They were two after all; within 24 hours."""
        return self._visits.unmerge(visit_id, by=by)

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
        name, title = read_address(typed.name, typed.title)
        if customer_id is None and (typed.name.strip() or typed.phone) and typed.appointment_id is None:
            new = NewCustomer(name=name, title=title, phone=typed.phone, source=typed.source)
            customer_id = self._customers.register(new).id
        if customer_id is not None:
            name = self._customers.get(customer_id).name
            return Arrival(IdentifiedBy.STAFF, customer_id, mask_name(name), typed.appointment_id)
        if typed.appointment_id is not None:
            return Arrival(IdentifiedBy.STAFF, None, mask_name(typed.name), typed.appointment_id)
        return Arrival(IdentifiedBy.ANONYMOUS)

    def _expected(self, view: UnitOfWork) -> dict[str, Appointment]:
        """Those still expected today, by customer and by number."""
        start, end = local_day(self._clock.now(), view.settings.current().zone)
        still = [a for a in view.appointments.between(start, end) if a.state is AppointmentState.EXPECTED]
        found = {a.phone_fingerprint: a for a in still if a.phone_fingerprint}
        return found | {a.customer_id: a for a in still if a.customer_id is not None}


def _match(customer: Customer, names: dict[StaffId, str], expected: dict[str, Appointment], *, by_phone: bool) -> Match:
    appointment = expected.get(customer.id) or expected.get(customer.phone_fingerprint)
    return Match(
        customer_id=customer.id,
        name=mask_name(customer.name),
        title=customer.title,
        by_phone=by_phone,
        visits=customer.visits,
        consultant_id=customer.consultant_id,
        consultant=names.get(customer.consultant_id, "") if customer.consultant_id else "",
        last_visit_at=customer.last_visit_at,
        appointment_id=appointment.id if appointment else None,
        appointment_at=appointment.at if appointment else None,
        appointment_purpose=appointment.purpose if appointment else None,
    )


def _found_visit(visit: Visit, names: dict[StaffId, str]) -> FoundGuest:
    return FoundGuest(
        name=visit.display_name,
        title=Title.NONE,
        label=visit.label,
        state=visit.state,
        consultant=names.get(visit.consultant_id, "") if visit.consultant_id else "",
        visit_id=visit.id,
        customer_id=visit.customer_id,
    )


def _found_customer(customer: Customer, names: dict[StaffId, str]) -> FoundGuest:
    return FoundGuest(
        name=mask_name(customer.name),
        title=customer.title,
        label="",
        state=None,
        consultant=names.get(customer.consultant_id, "") if customer.consultant_id else "",
        customer_id=customer.id,
        last_visit_at=customer.last_visit_at,
    )
