"""The live board: reads one moment of the showroom in one transaction and hands it over ready to show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from smart4s_kiosk.domain.agreements import Agreement, AgreementState
from smart4s_kiosk.domain.appointments import Appointment, AppointmentState
from smart4s_kiosk.domain.customers import Customer
from smart4s_kiosk.domain.ids import AppointmentId, CarId, CustomerId, StaffId, VisitId
from smart4s_kiosk.domain.keys import Key, KeyPlace
from smart4s_kiosk.domain.names import Title, mask_name
from smart4s_kiosk.domain.staff import StaffMember
from smart4s_kiosk.domain.vehicles import TestCar, mask_plate
from smart4s_kiosk.domain.visits import OPEN, UNDO_MERGE, WITH_CONSULTANT, Alarm, Visit, VisitState
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.storage import Storage, UnitOfWork, VisitQuery
from smart4s_kiosk.services.board_views import (
    Board,
    DeskAct,
    DrinkLine,
    DriveCard,
    ExpectedGuest,
    Figures,
    KeyLine,
    Standing,
    VisitCard,
)
from smart4s_kiosk.services.joined_visits import what_became_of
from smart4s_kiosk.services.local_day import local_day
from smart4s_kiosk.services.unmet_watch import alarm_of

MOST_LEFT = 30
EARLY = timedelta(minutes=10)
_STANDING = {
    VisitState.REQUESTED: Standing.NOTIFIED,
    VisitState.LATER: Standing.POSTPONED,
    VisitState.PASSED: Standing.PASSED_ON,
    VisitState.TIMED_OUT: Standing.NOT_ANSWERED,
    VisitState.ACCEPTED: Standing.COMING,
    VisitState.SERVING: Standing.PRESENT,
}
_ALARM_RANK = {Alarm.MANAGER: 0, Alarm.RECEPTION: 1, Alarm.NONE: 2}


class BoardReader:
    """Makes the board. `unmet` tells how many people came in without being met; None where no door is counted."""

    def __init__(self, *, storage: Storage, clock: Clock, unmet: Callable[[], int | None] = lambda: None) -> None:
        self._storage = storage
        self._clock = clock
        self._unmet = unmet

    def read(self) -> Board:
        """The showroom now."""
        now, unmet = self._clock.now(), self._unmet()
        with self._storage.look() as view:
            return self._read(view, now, unmet)

    def card(self, visit_id: VisitId) -> VisitCard:
        """Any visit with what may be done with it now, also one that left long ago: a merge is undone for 24 hours."""
        now = self._clock.now()
        with self._storage.look() as view:
            visit = view.visits.get(visit_id)
            card = _card(visit, _People.of(view, [visit], [], {m.id: m for m in view.staff.all()}))
        is_too_old = visit.ended_at is not None and now - visit.ended_at > UNDO_MERGE
        return replace(card, acts=()) if is_too_old else card

    def _read(self, view: UnitOfWork, now: datetime, unmet: int | None) -> Board:
        settings = view.settings.current()
        start, end = local_day(now, settings.zone)
        today = VisitQuery(started_from=start, started_until=end)
        staff = {m.id: m for m in view.staff.all()}
        cars = {c.id: c for c in view.vehicles.all()}
        open_visits = view.visits.open_visits()
        newest = view.visits.search(replace(today, limit=MOST_LEFT + len(open_visits)))
        left = [v for v in newest if v.state not in OPEN][:MOST_LEFT]
        agreements = [a for a in view.agreements.between(start, end) if a.state is AgreementState.KEY_OUT]
        people = _People.of(view, [*open_visits, *left], agreements, staff)
        cards = [_card(v, people) for v in open_visits]
        waiting = sorted((c for c in cards if c.state not in WITH_CONSULTANT), key=lambda c: c.since)
        serving = sorted((c for c in cards if c.state in WITH_CONSULTANT), key=lambda c: c.since)
        arrived_today = view.visits.count(today)
        open_today = sum(v.started_at >= start for v in open_visits)
        expected = view.appointments.between(start, end)
        driving = [_drive(a, people, cars) for a in sorted(agreements, key=lambda a: a.due_at or a.created_at)]
        alone = [c for c in waiting if _wants_somebody(open_visits, c)]
        figures = _figures(open_visits, alone, unmet, arrived_today, len(expected), len(driving))
        return Board(
            now=now,
            waiting=tuple(waiting),
            serving=tuple(serving),
            driving=tuple(driving),
            left=tuple(_card(v, people) for v in left),
            left_count=arrived_today - open_today,
            expected=tuple(_expected(a, staff, now) for a in expected),
            keys=_key_lines(view.keys.all(), cars, staff, now),
            figures=figures,
            alarmed=_most_alarmed(alone),
            is_open=settings.is_open(now),
            ask_after_s=settings.waits.ask_next_s,
            alarm_after_s=settings.waits.alarm_s,
            volume=settings.volume_at(now),
            unmet_alarm=alarm_of(view, now.astimezone(settings.zone).date()) if unmet else None,
            drinks=_drinks(view, cards),
        )


def _drinks(view: UnitOfWork, cards: Sequence[VisitCard]) -> tuple[DrinkLine, ...]:
    """Wishes of those who are here; of a visit that was joined, beside the one that it went into."""
    here = {card.visit_id: card for card in cards}
    lines = ((wish, here.get(what_became_of(view, wish.visit_id).id)) for wish in view.drinks.awaited())
    return tuple(DrinkLine(wish.visit_id, wish.drink, wish.asked_at, card) for wish, card in lines if card is not None)


@dataclass(frozen=True, slots=True)
class _People:
    """Everybody who stands on the board, read at once: one question each, however many cards there are."""

    staff: Mapping[StaffId, StaffMember]
    customers: Mapping[CustomerId, Customer]
    appointments: Mapping[AppointmentId, Appointment]

    @classmethod
    def of(
        cls,
        view: UnitOfWork,
        visits: Sequence[Visit],
        agreements: Sequence[Agreement],
        staff: Mapping[StaffId, StaffMember],
    ) -> "_People":
        customers = {v.customer_id for v in visits if v.customer_id} | {
            a.customer_id for a in agreements if a.customer_id
        }
        appointments = {v.appointment_id for v in visits if v.appointment_id}
        return cls(
            staff,
            {c.id: c for c in view.customers.several(customers)},
            {a.id: a for a in view.appointments.several(appointments)},
        )


def _card(visit: Visit, people: _People) -> VisitCard:
    customer = people.customers[visit.customer_id] if visit.customer_id else None
    appointment = people.appointments[visit.appointment_id] if visit.appointment_id else None
    member = people.staff.get(visit.consultant_id) if visit.consultant_id else None
    return VisitCard(
        visit_id=visit.id,
        version=visit.version,
        state=visit.state,
        label=visit.label,
        name=visit.display_name,
        title=_title(customer, appointment),
        identified_by=visit.identified_by,
        purpose=visit.purpose,
        party_size=visit.party_size,
        place=visit.place,
        since=_since(visit),
        alarm=visit.alarm,
        standing=Standing.QUEUED if visit.is_queued else _STANDING.get(visit.state, Standing.NOBODY),
        consultant_id=visit.consultant_id,
        consultant=member.name if member else "",
        appointment_at=appointment.at if appointment else None,
        is_returning=customer is not None and customer.visits > 1,
        acts=acts_for(visit),
        later_until=visit.later_until,
        outcome=visit.outcome,
        unanswered=len(visit.asked) - (visit.state is VisitState.REQUESTED and visit.alarm is Alarm.NONE),
    )


def _figures(
    open_visits: Sequence[Visit],
    alone: Sequence[VisitCard],
    unmet: int | None,
    arrived_today: int,
    expected_today: int,
    driving: int,
) -> Figures:
    return Figures(
        in_shop=sum(v.party_size for v in open_visits),
        waiting=len(alone),
        longest_wait_since=alone[0].since if alone else None,
        entered_unmet=unmet,
        arrived_today=arrived_today,
        expected_today=expected_today,
        driving=driving,
    )


def acts_for(visit: Visit) -> tuple[DeskAct, ...]:
    """What reception may do with a visit in this state."""
    if visit.state is VisitState.MERGED:
        return (DeskAct.UNMERGE,)
    if not visit.is_open:
        return ()
    identified = () if visit.state is VisitState.IDENTIFYING else (DeskAct.LINK,)
    always = (*identified, DeskAct.MERGE, DeskAct.CLOSE)
    if visit.state is VisitState.ACCEPTED:
        return (DeskAct.SERVE, DeskAct.HAND_OVER, *always)
    if visit.state is VisitState.SERVING:
        return (DeskAct.HAND_OVER, *always)
    if visit.state in {VisitState.IDENTIFYING, VisitState.PURPOSE}:
        return always
    return (DeskAct.RECEIVE, DeskAct.ASSIGN, *always)


def _wants_somebody(open_visits: Sequence[Visit], card: VisitCard) -> bool:
    return any(v.id == card.visit_id and v.is_waiting for v in open_visits)


def _most_alarmed(alone: Sequence[VisitCard]) -> VisitCard | None:
    alarmed = [c for c in alone if c.alarm is not Alarm.NONE]
    return min(alarmed, key=lambda c: (_ALARM_RANK[c.alarm], c.since), default=None)


def _since(visit: Visit) -> datetime:
    if visit.ended_at is not None:
        return visit.ended_at
    return visit.serving_since or visit.accepted_at or visit.waiting_since or visit.started_at


def _title(customer: Customer | None, appointment: Appointment | None) -> Title:
    if customer is not None:
        return customer.title
    return appointment.title if appointment is not None else Title.NONE


def _expected(appointment: Appointment, staff: Mapping[StaffId, StaffMember], now: datetime) -> ExpectedGuest:
    member = staff.get(appointment.consultant_id) if appointment.consultant_id else None
    is_arrived = appointment.state is AppointmentState.ARRIVED
    return ExpectedGuest(
        appointment_id=appointment.id,
        at=appointment.at,
        name=mask_name(appointment.name),
        title=appointment.title,
        purpose=appointment.purpose,
        model=appointment.model,
        consultant=member.name if member else "",
        state=appointment.state,
        is_early=is_arrived and now < appointment.at - EARLY,
    )


def _key_lines(
    keys: Sequence[Key], cars: Mapping[CarId, TestCar], staff: Mapping[StaffId, StaffMember], now: datetime
) -> tuple[KeyLine, ...]:
    return tuple(_key_line(k, cars, staff, now) for k in keys if k.place is not KeyPlace.IN)


def _key_line(key: Key, cars: Mapping[CarId, TestCar], staff: Mapping[StaffId, StaffMember], now: datetime) -> KeyLine:
    car = cars.get(key.car_id)
    holder = staff.get(key.holder_id) if key.holder_id else None
    return KeyLine(
        key_id=key.id,
        label=key.label,
        plate=mask_plate(car.plate) if car else "",
        place=key.place,
        holder=holder.name if holder else "",
        due_at=key.due_at,
        is_overdue=key.is_overdue(now),
    )


def _drive(agreement: Agreement, people: _People, cars: Mapping[CarId, TestCar]) -> DriveCard:
    customer = people.customers[agreement.customer_id] if agreement.customer_id else None
    car = cars.get(agreement.car_id)
    consultant = people.staff.get(agreement.consultant_id)
    return DriveCard(
        agreement_id=agreement.id,
        visit_id=agreement.visit_id,
        name=mask_name(agreement.driver_name),
        title=customer.title if customer else Title.NONE,
        model=car.model if car else "",
        plate=mask_plate(car.plate) if car else "",
        due_at=agreement.due_at or agreement.created_at,
        out_at=agreement.key_out_at or agreement.created_at,
        consultant=consultant.name if consultant else "",
        is_sealed=bool(agreement.seal_hash),
        consultant_phone=consultant.phone if consultant else "",
    )
