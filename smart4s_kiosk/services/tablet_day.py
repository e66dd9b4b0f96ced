"""The consultant's day on the tablet: who waits for me, whom I receive, who is expected, which keys are out."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from smart4s_kiosk.domain.agreements import Agreement, AgreementState
from smart4s_kiosk.domain.appointments import Appointment, AppointmentState
from smart4s_kiosk.domain.ids import MediaHash, StaffId
from smart4s_kiosk.domain.keys import Key, KeyPlace
from smart4s_kiosk.domain.names import Title, mask_name
from smart4s_kiosk.domain.staff import Duty, Permission, Role, StaffMember
from smart4s_kiosk.domain.vehicles import mask_plate
from smart4s_kiosk.domain.visits import WITH_CONSULTANT, Visit, VisitState
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.storage import Storage, UnitOfWork
from smart4s_kiosk.services.local_day import local_day
from smart4s_kiosk.services.staff import Staff
from smart4s_kiosk.services.tablet_views import ExpectedToday, KeyOut, MyGuest, Person, Store, Today, WaitingGuest

OVER = {AgreementState.CLOSED, AgreementState.VOID}
ROLE_ORDER = {Role.CONSULTANT: 0, Role.MANAGER: 1, Role.RECEPTION: 2, Role.ADMINISTRATOR: 3}


class TabletDay:
    """Reads the day, and signs people in."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        staff: Staff,
        photo: Callable[[MediaHash], bytes | None],
        is_online: Callable[[], bool],
        is_demo: bool = False,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._staff = staff
        self._photo = photo
        self._is_online = is_online
        self._is_demo = is_demo

    def store(self) -> Store:
        """Name and time zone of the showroom, and whether the connector is reached."""
        with self._storage.look() as view:
            settings = view.settings.current()
        return Store(
            brand=settings.brand_name,
            store=settings.store_name,
            zone=settings.time_zone,
            is_online=self._is_online(),
            is_demo=self._is_demo,
        )

    def people(self) -> tuple[Person, ...]:
        """Everybody who may sign in here: those who receive visitors, consultants first."""
        members = [m for m in self._staff.all() if m.pin_hash]
        members.sort(key=lambda m: (ROLE_ORDER[m.role], m.badge))
        return tuple(self._person(m) for m in members)

    def sign_in(self, staff_id: StaffId, pin: str) -> Person:
        """Check the PIN. Raises WrongPin, PinLocked, RoleMayNot."""
        member = self._staff.sign_in(staff_id, pin)
        member.must_be_allowed(Permission.RECEIVE_VISITORS)
        return self._person(member)

    def change_duty(self, staff_id: StaffId, duty: Duty) -> Person:
        """在岗, 小休 or 离岗."""
        return self._person(self._staff.change_duty(staff_id, duty))

    def today(self, staff_id: StaffId) -> Today:
        """The first page of this consultant."""
        now = self._clock.now()
        with self._storage.look() as view:
            settings = view.settings.current()
            start, end = local_day(now, settings.zone)
            ask_next = timedelta(seconds=settings.waits.ask_next_s)
            visits = view.visits.open_visits()
            waiting = [_waiting(view, v, staff_id, ask_next) for v in visits if _waits_for(v, staff_id)]
            waiting.sort(key=lambda one: (not one.is_mine, one.later_until is not None, one.since))
            mine = [v for v in visits if v.state in WITH_CONSULTANT and v.consultant_id == staff_id]
            members = view.staff.all()
            return Today(
                person=self._person(view.staff.get(staff_id)),
                waiting=tuple(waiting),
                mine=tuple(_my_guest(view, v) for v in mine),
                expected=tuple(
                    _expected(a)
                    for a in view.appointments.between(start, end)
                    if a.consultant_id in {None, staff_id} and a.state is not AppointmentState.CANCELLED
                ),
                keys=tuple(_key_out(view, k, staff_id, now) for k in view.keys.all() if k.place is not KeyPlace.IN),
                colleagues=tuple(
                    self._person(m)
                    for m in members
                    if m.id != staff_id and m.role is Role.CONSULTANT and m.duty is Duty.ON
                ),
            )

    def _person(self, member: StaffMember) -> Person:
        return Person(
            staff_id=member.id,
            name=member.name,
            role=member.role,
            job_title=member.job_title,
            badge=member.badge,
            photo=self._photo(member.photo) if member.photo else None,
            duty=member.duty,
        )


def title_of(view: UnitOfWork, visit: Visit) -> Title:
    """Form of address of a visit's guest."""
    if visit.customer_id is not None:
        return view.customers.get(visit.customer_id).title
    return view.appointments.get(visit.appointment_id).title if visit.appointment_id else Title.NONE


def newest_open(agreements: Sequence[Agreement]) -> Agreement | None:
    """The test drive of a visit that is under way."""
    return next((a for a in reversed(agreements) if a.state not in OVER), None)


def _waits_for(visit: Visit, staff_id: StaffId) -> bool:
    if not visit.is_waiting:
        return False
    return visit.is_queued or (
        visit.consultant_id == staff_id and visit.state in {VisitState.REQUESTED, VisitState.LATER}
    )


def _waiting(view: UnitOfWork, visit: Visit, staff_id: StaffId, ask_next: timedelta) -> WaitingGuest:
    customer = view.customers.get(visit.customer_id) if visit.customer_id else None
    is_mine = visit.consultant_id == staff_id
    asked = visit.requested_at if is_mine and visit.state is VisitState.REQUESTED else None
    return WaitingGuest(
        visit_id=visit.id,
        name=visit.display_name,
        title=title_of(view, visit),
        label=visit.label,
        is_returning=customer is not None and customer.visits > 1,
        place=visit.place,
        purpose=visit.purpose,
        party_size=visit.party_size,
        since=visit.waiting_since or visit.started_at,
        is_mine=is_mine,
        next_at=asked + ask_next if asked else None,
        later_until=visit.later_until if visit.state is VisitState.LATER else None,
    )


def _my_guest(view: UnitOfWork, visit: Visit) -> MyGuest:
    agreement = newest_open(view.agreements.of_visit(visit.id))
    return MyGuest(
        visit_id=visit.id,
        name=visit.display_name,
        title=title_of(view, visit),
        label=visit.label,
        purpose=visit.purpose,
        place=visit.place,
        state=visit.state,
        since=visit.serving_since or visit.accepted_at or visit.started_at,
        agreement_id=agreement.id if agreement else None,
        agreement_state=agreement.state if agreement else None,
        has_quote=bool(view.quotes.of_visit(visit.id)),
    )


def _expected(appointment: Appointment) -> ExpectedToday:
    return ExpectedToday(
        appointment_id=appointment.id,
        at=appointment.at,
        name=mask_name(appointment.name),
        title=appointment.title,
        purpose=appointment.purpose,
        model=appointment.model,
        state=appointment.state,
        visit_id=appointment.visit_id,
    )


def _key_out(view: UnitOfWork, key: Key, staff_id: StaffId, now: datetime) -> KeyOut:
    car = view.vehicles.get(key.car_id)
    agreement = view.agreements.get(key.agreement_id) if key.agreement_id else None
    holder = view.staff.get(key.holder_id).name if key.holder_id else ""
    return KeyOut(
        key_id=key.id,
        label=key.label,
        model=car.model,
        plate=mask_plate(car.plate),
        place=key.place,
        holder=holder,
        due_at=key.due_at,
        is_overdue=key.is_overdue(now),
        agreement_id=key.agreement_id,
        is_mine=agreement is not None and agreement.consultant_id == staff_id,
    )
