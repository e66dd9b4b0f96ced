"""What a waiting guest sees: who was asked, since when, what happens next. No blame, no code."""

from collections.abc import Sequence
from datetime import datetime

from smart4s_kiosk.domain.business_settings import WaitLimits
from smart4s_kiosk.domain.drinks import Drink
from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.domain.visits import Alarm, Visit, VisitAct, VisitState, VisitStep
from smart4s_kiosk.ports.storage import UnitOfWork
from smart4s_kiosk.services.check_in_choices import StepMark, WaitLine, WaitStage
from smart4s_kiosk.services.check_in_views import Waiting, WaitStep
from smart4s_kiosk.services.consultant_cards import Photo, card_of
from smart4s_kiosk.services.consultant_choice import ConsultantChoice

DRINKS = tuple(Drink)


def waiting_view(
    work: UnitOfWork,
    visit: Visit,
    *,
    now: datetime,
    photo: Photo,
    is_online: bool,
    drink: Drink | None,
    choice: ConsultantChoice,
) -> Waiting:
    """The waiting page of one visit."""
    limits = work.settings.current().waits
    journal = work.visits.journal(visit.id)
    names = {m.id: m.name for m in work.staff.all()}
    place = choice.place_in_line(work, visit)
    is_in_line = place is not None
    member = work.staff.get(visit.consultant_id) if visit.consultant_id and not is_in_line else None
    stage = _stage(visit, is_in_line=is_in_line)
    later = None
    if visit.later_until is not None:
        later = max(1, round((visit.later_until - now).total_seconds() / 60))
    return Waiting(
        visit_id=visit.id,
        stage=stage,
        person=card_of(member, work.visits.open_visits(), now, photo) if member else None,
        asked_at=visit.requested_at or visit.waiting_since or visit.started_at,
        turn_s=limits.ask_next_s,
        steps=_steps(visit, journal, names, limits, is_online=is_online, is_in_line=is_in_line),
        seat=visit.place,
        drinks=DRINKS,
        drink=drink,
        later_minutes=later,
        queue_number=place,
        queue_minutes=choice.queue_minutes(work, visit, now) if is_in_line else None,
    )


def _stage(visit: Visit, *, is_in_line: bool) -> WaitStage:
    if visit.alarm is not Alarm.NONE:
        return WaitStage.RECEPTION
    if is_in_line:
        return WaitStage.QUEUED
    if visit.state is VisitState.LATER:
        return WaitStage.LATER
    return WaitStage.ASKED


def _steps(
    visit: Visit,
    journal: Sequence[VisitStep],
    names: dict[StaffId, str],
    limits: WaitLimits,
    *,
    is_online: bool,
    is_in_line: bool,
) -> tuple[WaitStep, ...]:
    since = visit.waiting_since or visit.started_at
    lines: list[WaitStep] = []
    busy = {VisitAct.TIME_OUT, VisitAct.PASS_ON, VisitAct.POSTPONE}
    asked: StaffId | None = None
    for step in journal:
        seconds = int((step.at - since).total_seconds())
        if step.act is VisitAct.ASK and step.to is not None:
            asked = step.to
            told = WaitLine.NOTIFIED if is_online else WaitLine.NOTIFIED_LOCALLY
            lines.append(WaitStep(told, StepMark.DONE, names.get(step.to, ""), step.at, seconds))
        elif step.act in busy and asked is not None:
            lines.append(WaitStep(WaitLine.BUSY, StepMark.SKIPPED, names.get(asked, ""), step.at, seconds))
    if is_in_line:
        lines.append(WaitStep(WaitLine.QUEUED, StepMark.NOW))
    elif visit.state is VisitState.REQUESTED and asked is not None:
        lines.append(WaitStep(WaitLine.AWAITING, StepMark.NOW, names.get(asked, "")))
        lines.append(WaitStep(WaitLine.THEN_NEXT, StepMark.LATER, after_s=limits.ask_next_s))
    if visit.alarm is Alarm.NONE:
        lines.append(WaitStep(WaitLine.THEN_RECEPTION, StepMark.LATER, after_s=limits.alarm_s))
    else:
        lines.append(WaitStep(WaitLine.RECEPTION_COMING, StepMark.NOW))
    return tuple(lines)
