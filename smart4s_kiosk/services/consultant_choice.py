"""Who is asked next: gathers what the rotation rule needs to know from the database, and asks the rule."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from statistics import median

from smart4s_kiosk.domain.appointments import Appointment
from smart4s_kiosk.domain.ids import StaffId, VisitId
from smart4s_kiosk.domain.queue_estimates import Engaged, ServiceTimes, come_free, wait_s
from smart4s_kiosk.domain.rotation import QUICK_ANSWER_S, Asked, Candidate, Need, Weights, assign
from smart4s_kiosk.domain.staff import Duty, Role, StaffMember
from smart4s_kiosk.domain.visits import WITH_CONSULTANT, Purpose, Visit, VisitAct, VisitState
from smart4s_kiosk.ports.storage import UnitOfWork, VisitQuery
from smart4s_kiosk.services.local_day import local_day

COMING_S = 80.0
"""From the question to standing beside the guest: an answer in 20 s and a minute's walk."""
KEPT_FREE_S = 300.0
USUAL_BREAK_S = 1800.0
HOME_LANGUAGE = "zh"
SKILLS_FOR: Mapping[Purpose, tuple[str, ...]] = {
    Purpose.TEST_DRIVE: ("试驾",),
    Purpose.QUOTE: ("金融", "报价"),
    Purpose.SERVICE: ("保养", "维修", "售后"),
    Purpose.COLLECT: ("交车",),
}
"""Words that stores use for skills; one that nobody on the team has is not asked for."""
MOST_VISITS = 2_000
"""More than any day of one showroom."""


class ConsultantChoice:
    """The rotation, fed from the database."""

    def next_for(self, work: UnitOfWork, visit: Visit, now: datetime, *, insists: bool = False) -> StaffId | None:
        """The next consultant to ask for this visit, or None while nobody can (or should) be asked.

        `insists`: a member of staff asks for somebody now, so nobody steps back for a fairer share.
        """
        return self.offers(work, now, also=visit, insists=insists).get(visit.id)

    def offers(
        self, work: UnitOfWork, now: datetime, *, also: Visit | None = None, insists: bool = False
    ) -> dict[VisitId, StaffId]:
        """Whom to ask now for whom, of everybody in the line (and `also`): one look for all of them."""
        today = _today(work, now)
        team = [_candidate(m, today, now) for m in _consultants(work)]
        waiting = _line(work, also)
        weights = Weights.of(work.settings.current().weights)
        free = {one.staff_id for one in team if one.is_free}
        known = frozenset(skill for one in team for skill in one.skills)
        needs = [_need(work, v, now, free, known) for v in waiting]
        if insists and also is not None:
            needs = [replace(need, told_s=0.0) if need.visit_id == also.id else need for need in needs]
        return {one.visit_id: one.staff_id for one in assign(needs, team, weights)}

    def place_in_line(self, work: UnitOfWork, visit: Visit) -> int | None:
        """1 for the next in line; None for a visit that stands in no line (somebody is being asked, or comes)."""
        return next((i for i, v in enumerate(_line(work), 1) if v.id == visit.id), None)

    def queue_minutes(self, work: UnitOfWork, visit: Visit, now: datetime) -> int | None:
        """Minutes until a consultant is likely there for a queued visit; None when nobody can say."""
        today = _today(work, now)
        lengths = [
            (v.ended_at - v.accepted_at).total_seconds() for v in today if v.ended_at is not None and v.accepted_at
        ]
        times = ServiceTimes.of(lengths, ServiceTimes())
        engaged = [_engaged(m, today, now) for m in _consultants(work) if m.duty is not Duty.OFF]
        queue = _line(work, visit)
        place = next((i for i, v in enumerate(queue, 1) if v.id == visit.id), len(queue) + 1)
        seconds = wait_s(place, come_free(engaged, times)) if engaged else None
        return max(1, round((seconds + COMING_S) / 60)) if seconds is not None else None

    def keep_language(self, work: UnitOfWork, visit: Visit, language: str, now: datetime) -> None:
        """Remember which language the guest chose on the screen, when it is not the showroom's own."""
        if language != HOME_LANGUAGE and work.receipts.find(_language(visit)) is None:
            work.receipts.keep(_language(visit), language, now)

    def keep_told(self, work: UnitOfWork, visit: Visit, now: datetime) -> None:
        """Remember what a guest who joins the line is told: nobody steps back for a fairer share beyond it."""
        minutes = self.queue_minutes(work, visit, now)
        if minutes is not None and work.receipts.find(_told(visit)) is None:
            work.receipts.keep(_told(visit), str(minutes * 60), now)


def _line(work: UnitOfWork, also: Visit | None = None) -> list[Visit]:
    """Everybody who waits for whoever is free (and `also`), in the order in which they came."""
    line = [v for v in work.visits.open_visits() if _needs_somebody(v) or (also is not None and v.id == also.id)]
    return sorted(line, key=lambda v: (v.waiting_since or v.started_at, v.started_at))


def _consultants(work: UnitOfWork) -> list[StaffMember]:
    return [m for m in work.staff.all() if m.role is Role.CONSULTANT]


def _today(work: UnitOfWork, now: datetime) -> Sequence[Visit]:
    start, end = local_day(now, work.settings.current().zone)
    return work.visits.search(VisitQuery(started_from=start, started_until=end, limit=MOST_VISITS))


def _needs_somebody(visit: Visit) -> bool:
    """Waiting, and nobody is being asked at this moment."""
    if visit.state in {VisitState.TIMED_OUT, VisitState.PASSED}:
        return True
    return visit.state is VisitState.CHOOSING and visit.is_queued


def _is_engaged(visit: Visit) -> bool:
    return visit.state in WITH_CONSULTANT or visit.state is VisitState.REQUESTED


def _candidate(member: StaffMember, today: Sequence[Visit], now: datetime) -> Candidate:
    mine = [v for v in today if v.consultant_id == member.id]
    accepted = [v for v in mine if v.accepted_at is not None]
    engaged = next((v for v in mine if v.is_open and _is_engaged(v)), None)
    since_duty = (now - member.duty_since).total_seconds() if member.duty_since else 0.0
    on_duty = member.on_duty_seconds + (since_duty if member.duty is Duty.ON else 0.0)
    free_since = max((v.ended_at for v in mine if v.ended_at is not None), default=None)
    last_accept = max((v.accepted_at for v in accepted if v.accepted_at is not None), default=None)
    answers = [(v.accepted_at - v.requested_at).total_seconds() for v in accepted if v.accepted_at and v.requested_at]
    return Candidate(
        staff_id=member.id,
        duty=member.duty,
        load=1 if engaged else 0,
        free_in_s=_free_in_s(member, engaged, now),
        free_for_s=(now - free_since).total_seconds() if free_since else since_duty,
        idle_s=(now - last_accept).total_seconds() if last_accept else since_duty,
        accepted_today=len(accepted),
        on_duty_s=on_duty,
        median_answer_s=max(0.0, median(answers)) if answers else QUICK_ANSWER_S,
        skills=frozenset(member.skills),
        languages=frozenset(member.languages),
    )


def _free_in_s(member: StaffMember, engaged: Visit | None, now: datetime) -> float | None:
    if member.duty is not Duty.ON:
        return None
    if engaged is None:
        return 0.0
    since = engaged.accepted_at or engaged.requested_at or now
    return ServiceTimes().remaining_s((now - since).total_seconds())


def _wanted(visit: Visit, appointment: Appointment | None) -> frozenset[str]:
    """Skills that would help: the model of the appointment and what the visit is for, in the store's own words."""
    model = (appointment.model,) if appointment is not None and appointment.model else ()
    return frozenset((*model, *SKILLS_FOR.get(visit.purpose or Purpose.LOOK, ())))


def _language(visit: Visit) -> str:
    return f"language:{visit.id}"


def _told(visit: Visit) -> str:
    return f"told:{visit.id}"


def _told_s(work: UnitOfWork, visit: Visit) -> float | None:
    """The whole wait that this guest was told; None for one who has just asked; 0 after an unanswered request."""
    told = work.receipts.find(_told(visit))
    if told is not None:
        return float(told)
    return None if visit.state is VisitState.CHOOSING and not visit.asked else 0.0


def _engaged(member: StaffMember, today: Sequence[Visit], now: datetime) -> Engaged:
    busy = next((v for v in today if v.consultant_id == member.id and v.is_open and _is_engaged(v)), None)
    if busy is None and member.duty is Duty.BREAK:
        gone_s = (now - member.duty_since).total_seconds() if member.duty_since else 0.0
        return Engaged(back_in_s=max(KEPT_FREE_S, USUAL_BREAK_S - gone_s))
    if busy is None:
        return Engaged(back_in_s=KEPT_FREE_S)  # free, and still this guest waits: they did not take them
    since = busy.accepted_at or busy.requested_at or now
    return Engaged(elapsed_s=max(0.0, (now - since).total_seconds()))


def _need(work: UnitOfWork, visit: Visit, now: datetime, free: set[StaffId], known: frozenset[str]) -> Need:
    """Somebody who asks for whoever is next is not kept waiting for a busy own consultant: who wants that one chooses
    them by name. One who comes free while the guest waits in line goes to them first.
    """
    customer = work.customers.get(visit.customer_id) if visit.customer_id else None
    appointment = work.appointments.get(visit.appointment_id) if visit.appointment_id else None
    inviting = appointment.consultant_id if appointment else None
    own = inviting or (customer.consultant_id if customer else None)
    waited = (now - visit.waiting_since).total_seconds() if visit.waiting_since else 0.0
    return Need(
        visit_id=visit.id,
        waited_s=max(0.0, waited),
        told_s=_told_s(work, visit),
        own_id=own if own in free else None,
        wanted=_wanted(visit, appointment) & known,
        language=work.receipts.find(_language(visit)) or HOME_LANGUAGE,
        asked=_asked(work, visit, now),
    )


def _asked(work: UnitOfWork, visit: Visit, now: datetime) -> tuple[Asked, ...]:
    """Everybody asked for this visit so far, with how long ago the last time was."""
    if not visit.asked:
        return ()
    last: dict[StaffId, datetime] = {}
    for step in work.visits.journal(visit.id):
        if step.act is VisitAct.ASK and step.to is not None:
            last[step.to] = step.at
    return tuple(Asked(staff_id, (now - at).total_seconds()) for staff_id, at in last.items())
