"""A visit and its steps: one table of states, one journal that replays to the same state.

Every act makes a `VisitStep`; `apply` is the only place where a visit changes, so the stored journal and the live
visit can never disagree.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.ids import AppointmentId, CustomerId, StaffId, TerminalId, VisitId


class VisitState(StrEnum):
    """Where a visit stands."""

    IDENTIFYING = "identifying"
    PURPOSE = "purpose"
    CHOOSING = "choosing"
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    LATER = "later"
    PASSED = "passed"
    TIMED_OUT = "timed_out"
    SERVING = "serving"
    LEFT = "left"
    CANCELLED = "cancelled"
    MERGED = "merged"


class VisitAct(StrEnum):
    """What can happen to a visit."""

    BEGIN = "begin"
    IDENTIFY = "identify"
    STAY = "stay"
    STATE_PURPOSE = "state_purpose"
    QUEUE = "queue"
    LOOK_AROUND = "look_around"
    ASK = "ask"
    ACCEPT = "accept"
    POSTPONE = "postpone"
    PASS_ON = "pass_on"
    TIME_OUT = "time_out"
    HAND_OVER = "hand_over"
    RAISE_ALARM = "raise_alarm"
    SERVE = "serve"
    LEAVE = "leave"
    CANCEL = "cancel"
    MERGE = "merge"
    UNMERGE = "unmerge"
    LINK = "link"


class IdentifiedBy(StrEnum):
    """How the visitor said who they are."""

    FACE = "face"
    PHONE = "phone"
    CODE = "code"
    ANONYMOUS = "anonymous"
    STAFF = "staff"


class Purpose(StrEnum):
    """Why the visitor came."""

    LOOK = "look"
    TEST_DRIVE = "test_drive"
    QUOTE = "quote"
    SERVICE = "service"
    COLLECT = "collect"
    MEET = "meet"
    EVENT = "event"


class Outcome(StrEnum):
    """How a visit ended. The last three are the lost reasons of the trade."""

    SERVED = "served"
    WALKED_AWAY = "walked_away"
    STAFF_CLOSED = "staff_closed"
    LOST_TO_OTHER_SELLER = "lost_to_other_seller"  # 不找我买
    LOST_TO_OTHER_BRAND = "lost_to_other_brand"  # 不买我的车
    NOT_BUYING_NOW = "not_buying_now"  # 近期不买


class Alarm(StrEnum):
    """Who has been told that nobody came."""

    NONE = "none"
    RECEPTION = "reception"
    MANAGER = "manager"


OPEN = frozenset(VisitState) - {VisitState.LEFT, VisitState.CANCELLED, VisitState.MERGED}
WAITING = frozenset(
    {VisitState.CHOOSING, VisitState.REQUESTED, VisitState.LATER, VisitState.PASSED, VisitState.TIMED_OUT}
)
"""Open visits in which the visitor stands alone."""
WITH_CONSULTANT = frozenset({VisitState.ACCEPTED, VisitState.SERVING})

_S, _A = VisitState, VisitAct
NEXT: dict[tuple[VisitState, VisitAct], VisitState] = {
    (_S.IDENTIFYING, _A.IDENTIFY): _S.PURPOSE,
    (_S.PURPOSE, _A.STATE_PURPOSE): _S.CHOOSING,
    (_S.CHOOSING, _A.ASK): _S.REQUESTED,
    (_S.CHOOSING, _A.QUEUE): _S.CHOOSING,
    (_S.CHOOSING, _A.LOOK_AROUND): _S.CHOOSING,
    (_S.LATER, _A.ASK): _S.REQUESTED,
    (_S.PASSED, _A.ASK): _S.REQUESTED,
    (_S.TIMED_OUT, _A.ASK): _S.REQUESTED,
    (_S.REQUESTED, _A.ACCEPT): _S.ACCEPTED,
    (_S.REQUESTED, _A.POSTPONE): _S.LATER,
    (_S.REQUESTED, _A.PASS_ON): _S.PASSED,
    (_S.REQUESTED, _A.TIME_OUT): _S.TIMED_OUT,
    (_S.ACCEPTED, _A.HAND_OVER): _S.ACCEPTED,
    (_S.SERVING, _A.HAND_OVER): _S.SERVING,
    (_S.ACCEPTED, _A.SERVE): _S.SERVING,
    (_S.SERVING, _A.LEAVE): _S.LEFT,
    **{(state, _A.STAY): state for state in (_S.IDENTIFYING, _S.PURPOSE, _S.CHOOSING)},
    **{(state, _A.CANCEL): _S.CANCELLED for state in OPEN},
    **{(state, _A.MERGE): _S.MERGED for state in OPEN},
    **{(state, _A.RAISE_ALARM): state for state in WAITING},
    **{(state, _A.LINK): state for state in OPEN - {_S.IDENTIFYING}},
}
"""The one table. `UNMERGE` is not in it: it returns to the state before the merge, within `UNDO_MERGE`."""

_SILENT = frozenset({VisitAct.RAISE_ALARM, VisitAct.LINK})

UNDO_MERGE = timedelta(hours=24)


class VisitStepRefused(RuleBroken):
    """A visit in this state cannot do that."""

    code = "visit.step_refused"


class VisitAlreadyAccepted(RuleBroken):
    """Somebody else is already with this visitor."""

    code = "visit.already_accepted"


class MergeTooOld(RuleBroken):
    """A merge can be undone for 24 hours only."""

    code = "visit.merge_too_old"


@dataclass(frozen=True, slots=True)
class VisitStep:
    """One line of a visit's journal. Only the fields that the act needs are set."""

    visit_id: VisitId
    number: int
    """1 for the first step; equals the visit's version after it."""
    act: VisitAct
    at: datetime
    by: StaffId | None = None
    """Who did it; None for the visitor or the clock."""
    to: StaffId | None = None
    """Consultant asked, handed over to or passed to."""
    until: datetime | None = None
    identified_by: IdentifiedBy | None = None
    customer_id: CustomerId | None = None
    display_name: str = ""
    purpose: Purpose | None = None
    party_size: int = 1
    appointment_id: AppointmentId | None = None
    alarm: Alarm = Alarm.NONE
    outcome: Outcome | None = None
    merged_into: VisitId | None = None
    label: str = ""
    place: str = ""
    terminal_id: TerminalId | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """One party's stay in the showroom, from the first touch to the door."""

    id: VisitId
    version: int
    state: VisitState
    label: str
    """What a visitor without a name is called: A-031."""
    started_at: datetime
    changed_at: datetime
    """Time of the last step that the visitor or staff took; alarms and links do not count."""
    terminal_id: TerminalId
    place: str = ""
    identified_by: IdentifiedBy | None = None
    customer_id: CustomerId | None = None
    display_name: str = ""
    """Masked form of address (张*先生); empty for an anonymous visit."""
    purpose: Purpose | None = None
    party_size: int = 1
    appointment_id: AppointmentId | None = None
    consultant_id: StaffId | None = None
    """Asked at the moment (REQUESTED), coming (ACCEPTED) or present (SERVING)."""
    asked: tuple[StaffId, ...] = ()
    """Everybody asked so far, in order, each once."""
    waiting_since: datetime | None = None
    """Since when the visitor wants somebody and stands alone; None for a guest who looks around alone."""
    is_queued: bool = False
    """Wants anybody, nobody could be asked yet."""
    requested_at: datetime | None = None
    later_until: datetime | None = None
    passed_to: StaffId | None = None
    accepted_at: datetime | None = None
    serving_since: datetime | None = None
    ended_at: datetime | None = None
    outcome: Outcome | None = None
    alarm: Alarm = Alarm.NONE
    merged_into: VisitId | None = None
    state_before_merge: VisitState | None = None

    @property
    def is_open(self) -> bool:
        """Whether anything can still happen to it."""
        return self.state in OPEN

    @property
    def is_waiting(self) -> bool:
        """Whether the visitor wants somebody and stands alone."""
        return self.state in WAITING and self.waiting_since is not None

    def waited_s(self, now: datetime) -> int:
        """Whole seconds from the first wish for a consultant until one accepted, or until now."""
        if self.waiting_since is None:
            return 0
        return max(0, int(((self.accepted_at or self.ended_at or now) - self.waiting_since).total_seconds()))

    def next_step(
        self, act: VisitAct, at: datetime, *, by: StaffId | None = None, to: StaffId | None = None
    ) -> VisitStep:
        """An empty journal line for `act`, numbered after this visit's version; complete it with `replace`."""
        return VisitStep(visit_id=self.id, number=self.version + 1, act=act, at=at, by=by, to=to)


def begin(step: VisitStep) -> Visit:
    """The visit that a first journal line makes."""
    if step.act is not VisitAct.BEGIN or step.number != 1 or step.terminal_id is None:
        raise VisitStepRefused(act=step.act, state="none")
    return Visit(
        id=step.visit_id,
        version=1,
        state=VisitState.IDENTIFYING,
        label=step.label,
        started_at=step.at,
        changed_at=step.at,
        terminal_id=step.terminal_id,
        place=step.place,
        party_size=step.party_size,
    )


def apply(visit: Visit, step: VisitStep) -> Visit:
    """The visit after `step`, or a refusal that changes nothing."""
    if step.visit_id != visit.id or step.number != visit.version + 1:
        raise VisitStepRefused(act=step.act, state=visit.state, number=step.number, version=visit.version)
    if step.act is VisitAct.UNMERGE:
        return _unmerge(visit, step)
    after = NEXT.get((visit.state, step.act))
    if after is None:
        if step.act is VisitAct.ACCEPT and visit.state in WITH_CONSULTANT:
            raise VisitAlreadyAccepted(visit_id=visit.id, by=visit.consultant_id)
        raise VisitStepRefused(act=step.act, state=visit.state)
    changed_at = visit.changed_at if step.act in _SILENT else step.at
    moved = replace(visit, state=after, version=step.number, changed_at=changed_at)
    effect = _EFFECTS.get(step.act)
    return effect(moved, step, visit) if effect else moved


def replay(steps: Iterable[VisitStep]) -> Visit:
    """The visit that a whole journal makes."""
    lines = iter(steps)
    visit = begin(next(lines))
    for step in lines:
        visit = apply(visit, step)
    return visit


def _unmerge(visit: Visit, step: VisitStep) -> Visit:
    if visit.state is not VisitState.MERGED or visit.state_before_merge is None or visit.ended_at is None:
        raise VisitStepRefused(act=step.act, state=visit.state)
    if step.at - visit.ended_at > UNDO_MERGE:
        raise MergeTooOld(visit_id=visit.id)
    return replace(
        visit,
        state=visit.state_before_merge,
        version=step.number,
        changed_at=step.at,
        merged_into=None,
        state_before_merge=None,
        ended_at=None,
    )


def _identified(moved: Visit, step: VisitStep, _before: Visit) -> Visit:
    return replace(
        moved,
        identified_by=step.identified_by,
        customer_id=step.customer_id,
        display_name=step.display_name,
        appointment_id=step.appointment_id,
    )


def _linked(moved: Visit, step: VisitStep, _before: Visit) -> Visit:
    return replace(
        moved,
        customer_id=step.customer_id or moved.customer_id,
        display_name=step.display_name or moved.display_name,
        appointment_id=step.appointment_id or moved.appointment_id,
    )


def _with_purpose(moved: Visit, step: VisitStep, _before: Visit) -> Visit:
    return replace(moved, purpose=step.purpose, party_size=step.party_size, waiting_since=step.at)


def _asked(moved: Visit, step: VisitStep, _before: Visit) -> Visit:
    if step.to is None:
        raise VisitStepRefused(act=step.act, state=moved.state, missing="to")
    asked = moved.asked if step.to in moved.asked else (*moved.asked, step.to)
    return replace(
        moved,
        consultant_id=step.to,
        asked=asked,
        requested_at=step.at,
        waiting_since=moved.waiting_since or step.at,
        is_queued=False,
        later_until=None,
        passed_to=None,
    )


def _queued(moved: Visit, step: VisitStep, _before: Visit) -> Visit:
    return replace(moved, is_queued=True, waiting_since=moved.waiting_since or step.at)


def _looking_around(moved: Visit, _step: VisitStep, _before: Visit) -> Visit:
    return replace(moved, is_queued=False, waiting_since=None)


def _accepted(moved: Visit, step: VisitStep, _before: Visit) -> Visit:
    return replace(moved, consultant_id=step.by, accepted_at=step.at, alarm=Alarm.NONE)


def _postponed(moved: Visit, step: VisitStep, _before: Visit) -> Visit:
    return replace(moved, later_until=step.until)


def _passed(moved: Visit, step: VisitStep, _before: Visit) -> Visit:
    return replace(moved, passed_to=step.to)


def _handed_over(moved: Visit, step: VisitStep, _before: Visit) -> Visit:
    return replace(moved, consultant_id=step.to)


def _alarmed(moved: Visit, step: VisitStep, _before: Visit) -> Visit:
    return replace(moved, alarm=step.alarm)


def _served(moved: Visit, step: VisitStep, _before: Visit) -> Visit:
    return replace(moved, serving_since=step.at)


def _ended(moved: Visit, step: VisitStep, _before: Visit) -> Visit:
    return replace(moved, ended_at=step.at, outcome=step.outcome, alarm=Alarm.NONE)


def _merged(moved: Visit, step: VisitStep, before: Visit) -> Visit:
    return replace(moved, ended_at=step.at, merged_into=step.merged_into, state_before_merge=before.state)


_EFFECTS = {
    VisitAct.IDENTIFY: _identified,
    VisitAct.LINK: _linked,
    VisitAct.STATE_PURPOSE: _with_purpose,
    VisitAct.QUEUE: _queued,
    VisitAct.LOOK_AROUND: _looking_around,
    VisitAct.ASK: _asked,
    VisitAct.ACCEPT: _accepted,
    VisitAct.POSTPONE: _postponed,
    VisitAct.PASS_ON: _passed,
    VisitAct.HAND_OVER: _handed_over,
    VisitAct.RAISE_ALARM: _alarmed,
    VisitAct.SERVE: _served,
    VisitAct.LEAVE: _ended,
    VisitAct.CANCEL: _ended,
    VisitAct.MERGE: _merged,
}
