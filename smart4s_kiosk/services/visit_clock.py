"""The part of a visit that time does: unanswered requests, alarms, 稍后 that has come, guests who walked away."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from smart4s_kiosk.domain.business_settings import BusinessSettings, WaitLimits
from smart4s_kiosk.domain.errors import NotAllowed, NotFound, RuleBroken
from smart4s_kiosk.domain.events import VisitEscalated, VisitPassed
from smart4s_kiosk.domain.ids import StaffId, VisitId
from smart4s_kiosk.domain.staff import Duty, Role, StaffMember
from smart4s_kiosk.domain.visits import Alarm, Outcome, Visit, VisitAct, VisitState, VisitStep, apply
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.storage import Storage, UnitOfWork
from smart4s_kiosk.ports.vision import StopSignal
from smart4s_kiosk.services.visits import Visits, display_address

log = logging.getLogger(__name__)
ASK_AGAIN_AFTER = timedelta(seconds=5)
"""How soon after an unanswered request a visitor is offered to whoever is free."""


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that time asks for."""

    visit_id: VisitId
    act: VisitAct
    alarm: Alarm = Alarm.NONE


def due_acts(visit: Visit, limits: WaitLimits, now: datetime, *, asked_is_away: bool = False) -> list[Due]:
    """What is due for one open visit at `now`, alarms first: a pure rule over the visit's own times.

    `asked_is_away`: who is asked (or said 稍后) went off duty or on a break; nobody waits for their answer.
    """
    due: list[Due] = []
    waited = visit.waited_s(now)
    if visit.is_waiting:
        if waited >= limits.manager_s and visit.alarm is not Alarm.MANAGER:
            due.append(Due(visit.id, VisitAct.RAISE_ALARM, Alarm.MANAGER))
        elif waited >= limits.alarm_s and visit.alarm is Alarm.NONE:
            due.append(Due(visit.id, VisitAct.RAISE_ALARM, Alarm.RECEPTION))
    since_change = (now - visit.changed_at).total_seconds()
    since_request = (now - visit.requested_at).total_seconds() if visit.requested_at else 0.0
    abandoned = {VisitState.IDENTIFYING, VisitState.PURPOSE}
    lost_choice = visit.state is VisitState.CHOOSING and visit.waiting_since is not None and not visit.is_queued
    later_is_over = since_change >= limits.later_s or _has_come(visit, now) or asked_is_away
    if visit.state is VisitState.REQUESTED and asked_is_away:
        due.append(Due(visit.id, VisitAct.PASS_ON))
    elif visit.state is VisitState.REQUESTED and since_request >= limits.ask_next_s:
        due.append(Due(visit.id, VisitAct.TIME_OUT))
    elif visit.state is VisitState.LATER and later_is_over:
        due.append(Due(visit.id, VisitAct.ASK))
    elif visit.state in {VisitState.PASSED, VisitState.TIMED_OUT} or visit.is_queued:
        if since_change >= ASK_AGAIN_AFTER.total_seconds():
            due.append(Due(visit.id, VisitAct.ASK))
    elif (visit.state in abandoned or lost_choice) and since_change >= limits.walked_away_s:
        due.append(Due(visit.id, VisitAct.CANCEL))
    return due


def _has_come(visit: Visit, now: datetime) -> bool:
    return visit.later_until is not None and now >= visit.later_until


def _can_be_asked(member: StaffMember) -> bool:
    return member.is_active and member.duty is Duty.ON


def _is_away(work: UnitOfWork, visit: Visit) -> bool:
    """Whether the visit waits for an answer of somebody who is no longer on duty."""
    if visit.state not in {VisitState.REQUESTED, VisitState.LATER} or visit.consultant_id is None:
        return False
    return not _can_be_asked(work.staff.get(visit.consultant_id))


def _moved(work: UnitOfWork, visit: Visit, step: VisitStep) -> Visit:
    after = apply(visit, step)
    work.visits.put(after, step)
    work.announce("visits", visit.id)
    return after


class VisitClock:
    """Runs in every process; each act happens once, because it is checked again inside its own transaction."""

    def __init__(self, *, storage: Storage, clock: Clock, visits: Visits) -> None:
        self._storage = storage
        self._clock = clock
        self._visits = visits

    def run(self, stop: StopSignal) -> None:
        """Look once a second until stopped; nothing is written while nothing is due."""
        while not stop.wait(1.0):
            self.advance()

    def advance(self) -> int:
        """Do everything that is due now; how many acts that was. Outside opening hours alarms sleep."""
        now = self._clock.now()
        with self._storage.look() as view:
            settings = view.settings.current()
            due_now = [d for v in view.visits.open_visits() for d in self._due(view, v, settings, now)]
            waiting = self._possible(view, due_now, now)
        return sum(self._do_one(due, settings, now) for due in waiting)

    def _do_one(self, due: Due, settings: BusinessSettings, now: datetime) -> int:
        """One act in a transaction of its own. A visit that refuses it must not keep the alarms of the others back."""
        try:
            with self._storage.begin() as work:
                visit = work.visits.get(due.visit_id)
                return self._do(work, visit, due, now) if due in self._due(work, visit, settings, now) else 0
        except (RuleBroken, NotAllowed, NotFound) as refusal:
            log.warning("time's act refused", extra={"action": "visit.clock", "act": due.act, "code": refusal.code})
            return 0

    def _possible(self, view: UnitOfWork, due: list[Due], now: datetime) -> list[Due]:
        """Without those in line for whom nobody is free: a full showroom costs one look a second, and no commit."""
        if all(one.act is not VisitAct.ASK for one in due):
            return due
        offers = self._visits.offers(view, now)
        return [
            one
            for one in due
            if one.act is not VisitAct.ASK or one.visit_id in offers or self._can_come(view, one.visit_id, now)
        ]

    def _can_come(self, view: UnitOfWork, visit_id: VisitId, now: datetime) -> bool:
        """Whether somebody comes for a visit after 稍后, which stands in no line: the same consultant or the next."""
        visit = view.visits.get(visit_id)
        if visit.state is not VisitState.LATER:
            return False
        return self._same_consultant(view, visit, now) is not None or visit_id in self._visits.offers(view, now, visit)

    def _due(self, work: UnitOfWork, visit: Visit, settings: BusinessSettings, now: datetime) -> list[Due]:
        due = due_acts(visit, settings.waits, now, asked_is_away=_is_away(work, visit))
        return due if settings.is_open(now) else [d for d in due if d.act is not VisitAct.RAISE_ALARM]

    def _do(self, work: UnitOfWork, visit: Visit, due: Due, now: datetime) -> int:
        if due.act is VisitAct.RAISE_ALARM:
            self._raise_alarm(work, visit, due.alarm, now)
        elif due.act is VisitAct.CANCEL:
            self._visits.close_within(work, visit, Outcome.WALKED_AWAY, by=None)
        elif due.act is VisitAct.PASS_ON:
            self._release(work, visit, now)
        elif due.act is VisitAct.TIME_OUT:
            self._visits.ask_within(work, _moved(work, visit, visit.next_step(VisitAct.TIME_OUT, now)), None)
        else:
            asked = self._visits.ask_within(work, visit, self._same_consultant(work, visit, now))
            return int(asked.version != visit.version)
        return 1

    def _release(self, work: UnitOfWork, visit: Visit, now: datetime) -> None:
        """The one who is asked has gone: their cards of this visit say so, and the next in line is asked at once."""
        passed = _moved(work, visit, visit.next_step(VisitAct.PASS_ON, now))
        userid = work.staff.get(visit.consultant_id).wecom_userid if visit.consultant_id else ""
        if userid:
            fact = VisitPassed(visit_id=visit.id, visit_version=passed.version, by_userid=userid)
            self._visits.tell(work, fact, visit.id)
        self._visits.ask_within(work, passed, None)

    def _same_consultant(self, work: UnitOfWork, visit: Visit, now: datetime) -> StaffId | None:
        """After 稍后 the same consultant is asked again at the time they gave; too far off, the next is."""
        if visit.state is not VisitState.LATER or visit.consultant_id is None or not _has_come(visit, now):
            return None
        member = work.staff.get(visit.consultant_id)
        return member.id if _can_be_asked(member) else None

    def _raise_alarm(self, work: UnitOfWork, visit: Visit, alarm: Alarm, now: datetime) -> None:
        step = replace(visit.next_step(VisitAct.RAISE_ALARM, now), alarm=alarm)
        alarmed = _moved(work, visit, step)
        work.announce("alarms", visit.id)
        if alarm is Alarm.MANAGER:
            managers = [m for m in work.staff.all() if m.role is Role.MANAGER and m.wecom_userid]
            fact = VisitEscalated(
                visit_id=visit.id,
                visit_version=alarmed.version,
                manager_userids=tuple(m.wecom_userid for m in managers),
                address=display_address(visit),
                waited_s=visit.waited_s(now),
                raised_at=now,
            )
            self._visits.tell(work, fact, visit.id, life=timedelta(minutes=10))
