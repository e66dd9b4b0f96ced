"""Visits: begin, ask, accept, pass on, close. Every channel (kiosk, card, tablet, desk) comes through here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from smart4s_kiosk.domain.errors import RuleBroken, VersionConflict
from smart4s_kiosk.domain.events import Colleague, ConsultantRequested, Fact, VisitAccepted, VisitEnded, VisitPostponed
from smart4s_kiosk.domain.ids import AppointmentId, CustomerId, MessageId, StaffId, TerminalId, VisitId
from smart4s_kiosk.domain.staff import Duty, NotOnDuty, Permission, StaffMember
from smart4s_kiosk.domain.visits import (
    NEXT,
    WAITING,
    WITH_CONSULTANT,
    IdentifiedBy,
    Outcome,
    Purpose,
    Visit,
    VisitAct,
    VisitAlreadyAccepted,
    VisitState,
    VisitStep,
    apply,
    begin,
)
from smart4s_kiosk.ports.clock import Clock, Ids
from smart4s_kiosk.ports.storage import Storage, UnitOfWork
from smart4s_kiosk.services.consultant_choice import HOME_LANGUAGE, ConsultantChoice
from smart4s_kiosk.services.drinks import drop_drinks
from smart4s_kiosk.services.joined_visits import joined_with, what_became_of

MOST_COLLEAGUES = 10


class AskedSomebodyElse(RuleBroken):
    """In the meantime somebody else was asked; only an accept still counts."""

    code = "visit.asked_somebody_else"


class MergeIntoClosed(RuleBroken):
    """A visit can be merged into another open one only."""

    code = "visit.merge_into_closed"


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who a visitor turned out to be."""

    identified_by: IdentifiedBy
    customer_id: CustomerId | None = None
    display_name: str = ""
    appointment_id: AppointmentId | None = None


def display_address(visit: Visit) -> str:
    """Masked name, or the label of a nameless visit."""
    return visit.display_name or visit.label


class Visits:
    """Use cases of a visit. Each method is one transaction and gives the visit after it."""

    def __init__(
        self, *, storage: Storage, clock: Clock, ids: Ids, terminal_id: TerminalId, choice: ConsultantChoice
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._ids = ids
        self._terminal_id = terminal_id
        self._choice = choice

    def get(self, visit_id: VisitId) -> Visit:
        """The visit now."""
        with self._storage.look() as view:
            return view.visits.get(visit_id)

    def begin(self, *, visit_id: VisitId, place: str = "", by: StaffId | None = None, party_size: int = 1) -> Visit:
        """A visitor is here. The id comes from the page, so a second press finds the same visit."""
        now = self._clock.now()
        with self._storage.begin() as work:
            key = f"visit:{visit_id}"
            if work.receipts.find(key):
                return work.visits.get(visit_id)
            zone = work.settings.current().zone
            number = work.counters.next("visit", now.astimezone(zone).date())
            step = VisitStep(
                visit_id=visit_id,
                number=1,
                act=VisitAct.BEGIN,
                at=now,
                by=by,
                label=f"A-{number:03d}",
                place=place,
                party_size=party_size,
                terminal_id=self._terminal_id,
            )
            visit = begin(step)
            work.visits.add(visit, step)
            work.receipts.keep(key, visit_id, now)
            work.announce("visits", visit_id)
            return visit

    def stay(self, visit_id: VisitId) -> Visit:
        """The guest still touches the page: whoever takes long has not walked away."""
        with self._storage.begin() as work:
            visit = work.visits.get(visit_id)
            if (visit.state, VisitAct.STAY) not in NEXT:
                return visit
            step = visit.next_step(VisitAct.STAY, self._clock.now())
            visit = apply(visit, step)
            work.visits.put(visit, step)
            return visit

    def identify(self, visit_id: VisitId, arrival: Arrival, *, by: StaffId | None = None) -> Visit:
        """The visitor said who they are (or that they would rather not)."""
        with self._storage.begin() as work:
            visit = work.visits.get(visit_id)
            if visit.state is not VisitState.IDENTIFYING and visit.identified_by is arrival.identified_by:
                return visit
            now = self._clock.now()
            if arrival.appointment_id is not None:
                appointment = work.appointments.get(arrival.appointment_id)
                work.appointments.put(appointment.arrive(visit_id))
                work.announce("appointments", appointment.id)
            if arrival.customer_id is not None:
                work.customers.put(work.customers.get(arrival.customer_id).visited(now))
            return self._step(
                work,
                visit,
                replace(
                    visit.next_step(VisitAct.IDENTIFY, now, by=by),
                    identified_by=arrival.identified_by,
                    customer_id=arrival.customer_id,
                    display_name=arrival.display_name,
                    appointment_id=arrival.appointment_id,
                ),
            )

    def state_purpose(
        self,
        visit_id: VisitId,
        purpose: Purpose,
        *,
        party_size: int = 1,
        language: str = HOME_LANGUAGE,
        by: StaffId | None = None,
    ) -> Visit:
        """Why they came, how many they are, and which language (ISO 639) they read the screen in."""
        with self._storage.begin() as work:
            visit = work.visits.get(visit_id)
            if visit.purpose is purpose and visit.state is not VisitState.PURPOSE:
                return visit
            step = visit.next_step(VisitAct.STATE_PURPOSE, self._clock.now(), by=by)
            self._choice.keep_language(work, visit, language, step.at)
            return self._step(work, visit, replace(step, purpose=purpose, party_size=party_size))

    def ask(
        self, visit_id: VisitId, consultant_id: StaffId | None, *, by: StaffId | None = None, seen: int | None = None
    ) -> Visit:
        """Ask one consultant, or whoever is next in line; with nobody free the visitor queues.

        `seen` is the version a console acts on: `VersionConflict` when another person has changed the visit since.
        """
        with self._storage.begin() as work:
            visit = _as_seen(work, visit_id, seen)
            already = consultant_id is not None and visit.consultant_id == consultant_id
            if visit.state is VisitState.REQUESTED and (already or consultant_id is None):
                return visit
            if visit.state is VisitState.REQUESTED:
                step = visit.next_step(VisitAct.PASS_ON, self._clock.now(), by=by, to=consultant_id)
                visit = self._step(work, visit, step)
            return self.ask_within(work, visit, consultant_id, by=by)

    def ask_within(
        self, work: UnitOfWork, visit: Visit, consultant_id: StaffId | None, *, by: StaffId | None = None
    ) -> Visit:
        """The same inside a transaction that is already open (timers, answers)."""
        now = self._clock.now()
        chosen = consultant_id or self._choice.next_for(work, visit, now, insists=by is not None)
        if chosen is None:
            if visit.state is not VisitState.CHOOSING or visit.is_queued:
                return visit
            queued = self._step(work, visit, visit.next_step(VisitAct.QUEUE, now, by=by))
            self._choice.keep_told(work, queued, now)
            return queued
        member = work.staff.get(chosen)
        if member.duty is not Duty.ON:
            raise NotOnDuty(staff_id=chosen)
        asked = self._step(work, visit, visit.next_step(VisitAct.ASK, now, by=by, to=chosen))
        self._send_request(work, asked, member, now)
        return asked

    def offers(self, view: UnitOfWork, now: datetime, also: Visit | None = None) -> dict[VisitId, StaffId]:
        """Who of those in line (and `also`) could be asked for now, and whom."""
        return self._choice.offers(view, now, also=also)

    def look_around(self, visit_id: VisitId) -> Visit:
        """The guest does not want anybody for now."""
        with self._storage.begin() as work:
            visit = work.visits.get(visit_id)
            if visit.state is not VisitState.CHOOSING or visit.waiting_since is None:
                return visit
            return self._step(work, visit, visit.next_step(VisitAct.LOOK_AROUND, self._clock.now()))

    def accept(self, visit_id: VisitId, by: StaffId) -> Visit:
        """Somebody goes to the visitor. First accept wins; the same person pressing twice is one accept."""
        with self._storage.begin() as work:
            visit = what_became_of(work, visit_id)
            member = work.staff.get(by)
            member.must_be_allowed(Permission.RECEIVE_VISITORS)
            if visit.state in {VisitState.ACCEPTED, VisitState.SERVING}:
                if visit.consultant_id == by:
                    return visit
                raise _already_accepted(work, visit)
            now = self._clock.now()
            if visit.state in WAITING - {VisitState.REQUESTED}:
                visit = self._step(work, visit, visit.next_step(VisitAct.ASK, now, by=by, to=by))
            accepted = self._step(work, visit, visit.next_step(VisitAct.ACCEPT, now, by=by))
            self._bind(work, accepted, by)
            for one in (accepted, *joined_with(work, accepted)):
                self._tell_accepted(work, one, member, now)
            return accepted

    def postpone(self, visit_id: VisitId, by: StaffId, *, minutes: int = 3) -> Visit:
        """稍后: keeps the visitor's place; the same consultant is asked again at that time."""
        with self._storage.begin() as work:
            visit = self._must_be_asked(work, visit_id, by)
            now = self._clock.now()
            until = now + timedelta(minutes=minutes)
            later = self._step(work, visit, replace(visit.next_step(VisitAct.POSTPONE, now, by=by), until=until))
            userid = work.staff.get(by).wecom_userid
            fact = VisitPostponed(visit_id=visit_id, visit_version=later.version, by_userid=userid, until=until)
            self.tell(work, fact, visit_id)
            return later

    def pass_on(self, visit_id: VisitId, by: StaffId, *, to: StaffId | None = None) -> Visit:
        """转给同事: the named colleague, or the next in line, is asked at once."""
        with self._storage.begin() as work:
            visit = self._must_be_asked(work, visit_id, by)
            now = self._clock.now()
            passed = self._step(work, visit, visit.next_step(VisitAct.PASS_ON, now, by=by, to=to))
            free = to if to is not None and work.staff.get(to).duty is Duty.ON else None
            return self.ask_within(work, passed, free)

    def hand_over(self, visit_id: VisitId, to: StaffId, *, by: StaffId, seen: int | None = None) -> Visit:
        """Another consultant goes on with this visitor (reception re-assigns). `seen` as in `ask`."""
        with self._storage.begin() as work:
            work.staff.get(by).must_be_allowed(Permission.ASSIGN_VISITS)
            visit, now = _as_seen(work, visit_id, seen), self._clock.now()
            handed = self._step(work, visit, visit.next_step(VisitAct.HAND_OVER, now, by=by, to=to))
            if visit.asked:
                self._tell_accepted(work, handed, work.staff.get(to), now)
            return handed

    def serve(self, visit_id: VisitId, by: StaffId) -> Visit:
        """The consultant stands beside the visitor."""
        with self._storage.begin() as work:
            visit = work.visits.get(visit_id)
            if visit.state is VisitState.SERVING:
                return visit
            return self._step(work, visit, visit.next_step(VisitAct.SERVE, self._clock.now(), by=by))

    def close(
        self, visit_id: VisitId, outcome: Outcome, *, by: StaffId | None = None, seen: int | None = None
    ) -> Visit:
        """The visitor has left: served, or closed by staff with a reason. Closing twice is closing once."""
        with self._storage.begin() as work:
            return self.close_within(work, _as_seen(work, visit_id, seen), outcome, by=by)

    def close_within(self, work: UnitOfWork, visit: Visit, outcome: Outcome, *, by: StaffId | None) -> Visit:
        """The same inside an open transaction."""
        if not visit.is_open:
            return visit
        now = self._clock.now()
        if visit.state is VisitState.ACCEPTED:
            visit = self._step(work, visit, visit.next_step(VisitAct.SERVE, now, by=by))
        act = VisitAct.LEAVE if visit.state is VisitState.SERVING else VisitAct.CANCEL
        ended = self._step(work, visit, replace(visit.next_step(act, now, by=by), outcome=outcome))
        drop_drinks(work, ended.id, now)
        if visit.asked:
            fact = VisitEnded(visit_id=ended.id, visit_version=ended.version, outcome=outcome, ended_at=now)
            self.tell(work, fact, ended.id)
        return ended

    def link(self, visit_id: VisitId, arrival: Arrival, *, by: StaffId, seen: int | None = None) -> Visit:
        """Reception knows who an unnamed visitor is. `seen` as in `ask`."""
        with self._storage.begin() as work:
            visit = _as_seen(work, visit_id, seen)
            step = replace(
                visit.next_step(VisitAct.LINK, self._clock.now(), by=by),
                customer_id=arrival.customer_id,
                display_name=arrival.display_name,
                appointment_id=arrival.appointment_id,
            )
            return self._step(work, visit, step)

    def merge(self, visit_id: VisitId, into: VisitId, *, by: StaffId | None, seen: int | None = None) -> Visit:
        """The same party was entered twice; can be undone for 24 hours. `by` None: the guest. `seen` as in `ask`."""
        with self._storage.begin() as work:
            if not work.visits.get(into).is_open or into == visit_id:
                raise MergeIntoClosed(visit_id=into)
            visit, now = _as_seen(work, visit_id, seen), self._clock.now()
            merged = self._step(work, visit, replace(visit.next_step(VisitAct.MERGE, now, by=by), merged_into=into))
            stays = work.visits.get(into)
            if visit.asked and stays.state in WITH_CONSULTANT and stays.consultant_id is not None:
                self._tell_accepted(work, merged, work.staff.get(stays.consultant_id), now)
            return merged

    def unmerge(self, visit_id: VisitId, *, by: StaffId) -> Visit:
        """They were two after all."""
        with self._storage.begin() as work:
            visit = work.visits.get(visit_id)
            return self._step(work, visit, visit.next_step(VisitAct.UNMERGE, self._clock.now(), by=by))

    def tell(self, work: UnitOfWork, fact: Fact, visit_id: VisitId, *, life: timedelta | None = None) -> None:
        """Put a fact into the outbox beside the change that made it."""
        now = self._clock.now()
        work.outbox.add(
            fact,
            message_id=MessageId(self._ids.new()),
            aggregate=f"visit:{visit_id}",
            at=now,
            expires_at=now + life if life else None,
        )

    def _tell_accepted(self, work: UnitOfWork, visit: Visit, member: StaffMember, now: datetime) -> None:
        """Every card of this visit says who receives the guest."""
        fact = VisitAccepted(
            visit_id=visit.id,
            visit_version=visit.version,
            by_userid=member.wecom_userid,
            by_name=member.name,
            accepted_at=now,
        )
        self.tell(work, fact, visit.id)

    def _step(self, work: UnitOfWork, visit: Visit, step: VisitStep) -> Visit:
        after = apply(visit, step)
        work.visits.put(after, step)
        work.announce("visits", visit.id)
        return after

    def _must_be_asked(self, work: UnitOfWork, visit_id: VisitId, by: StaffId) -> Visit:
        visit = work.visits.get(visit_id)
        if visit.state in {VisitState.ACCEPTED, VisitState.SERVING}:
            raise _already_accepted(work, visit)
        if visit.consultant_id != by:
            raise AskedSomebodyElse(visit_id=visit_id)
        return visit

    def _bind(self, work: UnitOfWork, visit: Visit, consultant_id: StaffId) -> None:
        """The first consultant who accepts a known customer becomes their own."""
        if visit.customer_id is None:
            return
        customer = work.customers.get(visit.customer_id)
        if customer.consultant_id is None:
            work.customers.put(customer.bound_to(consultant_id))

    def _send_request(self, work: UnitOfWork, visit: Visit, member: StaffMember, now: datetime) -> None:
        if not member.wecom_userid:
            return
        life = timedelta(seconds=work.settings.current().waits.manager_s)
        fact = ConsultantRequested(  # unsent until the manager hears, it is of no use: expired and shown, not sent late
            visit_id=visit.id,
            visit_version=visit.version,
            consultant_userid=member.wecom_userid,
            address=display_address(visit),
            purpose=visit.purpose or Purpose.LOOK,
            party_size=visit.party_size,
            place=visit.place,
            colleagues=_colleagues(work.staff.all(), member.id),
            requested_at=now,
            expires_at=now + life,
        )
        self.tell(work, fact, visit.id, life=life)


def _already_accepted(work: UnitOfWork, visit: Visit) -> VisitAlreadyAccepted:
    """With the colleague's name: a late press hears who is there."""
    colleague = work.staff.get(visit.consultant_id).name if visit.consultant_id else ""
    return VisitAlreadyAccepted(visit_id=visit.id, by=visit.consultant_id, colleague=colleague)


def _as_seen(work: UnitOfWork, visit_id: VisitId, seen: int | None) -> Visit:
    """The visit, unless a person has changed it since version `seen`; what the clock does in between is no conflict."""
    visit = work.visits.get(visit_id)
    if seen is not None and visit.version > seen:
        later = [step for step in work.visits.journal(visit_id) if step.number > seen]
        if any(step.by is not None for step in later):
            raise VersionConflict(visit_id=visit_id, seen=seen, version=visit.version)
    return visit


def _colleagues(staff: Sequence[StaffMember], asked: StaffId) -> tuple[Colleague, ...]:
    on_duty = [m for m in staff if m.duty is Duty.ON and m.wecom_userid and m.id != asked]
    return tuple(Colleague(wecom_userid=m.wecom_userid, name=m.name) for m in on_duty[:MOST_COLLEAGUES])
