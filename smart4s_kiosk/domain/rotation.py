"""Who is asked next: one pure rule, the same for the live showroom and for the replay of a Saturday.

Guests are looked at in the order in which they came. Each gets the free consultant with most points; three sentences
go before the points: a guest's own consultant comes first, a guest waits a little for their own consultant, and a
consultant who is well ahead of the team leaves a guest to a colleague who is about to be free, unless the guest has
already waited as long as was told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.ids import StaffId, VisitId
from smart4s_kiosk.domain.staff import Duty

LONGEST_IDLE_S = 3600.0
QUICK_ANSWER_S = 15.0
SLOWEST_ANSWER_S = 60.0


class BadWeight(RuleBroken):
    """There is no such rotation weight, or its value is outside what it may be."""

    code = "rotation.bad_weight"


@dataclass(frozen=True, slots=True)
class Weights:
    """What the manager may tune. Points decide among free consultants; minutes decide how long a guest is kept."""

    fair_share: float = 10.0
    """Points for each visit that somebody is behind the team's visits per hour on duty."""
    idle: float = 1.0
    """Points for each ten minutes without a guest, counted up to an hour."""
    answer: float = 1.0
    """Points lost for each ten seconds by which somebody usually answers later than 15 s, counted up to 60 s."""
    skill: float = 6.0
    """Points for knowing all that the guest came for; in part for a part."""
    language: float = 30.0
    """Points for speaking the guest's language."""
    own: float = 1000.0
    """Points for being the guest's own, inviting or chosen consultant."""
    own_wait_min: float = 10.0
    """Minutes for which a guest is kept for their own consultant, and goes first when that one comes free."""
    own_reach: float = 1.5
    """A guest is kept only while the own consultant's visit is likely over within this many times `own_wait_min`."""
    ahead_visits: float = 1.0
    """Somebody more visits ahead of the fair share than this leaves the guest to a colleague..."""
    colleague_min: float = 15.0
    """...who is likely free within these minutes..."""
    rest_min: float = 15.0
    """...but never for longer than these minutes after their own last visit."""
    ask_again_min: float = 3.0
    """Minutes before somebody who did not take a guest is asked for the same guest again."""

    def __post_init__(self) -> None:
        """Refuse negative and absurd values."""
        for one in fields(self):
            if not 0 <= getattr(self, one.name) <= 10_000:
                raise BadWeight(name=one.name, value=getattr(self, one.name))

    @classmethod
    def of(cls, changed: Mapping[str, float]) -> "Weights":
        """The defaults with `changed` put over them (business settings, a weights file)."""
        known = {one.name for one in fields(cls)}
        for name, value in changed.items():
            if name not in known or isinstance(value, bool) or not isinstance(value, int | float):
                raise BadWeight(name=name, value=value)
        return cls(**{name: float(value) for name, value in changed.items()})


@dataclass(frozen=True, slots=True)
class Candidate:
    """One consultant as the rule sees them now."""

    staff_id: StaffId
    duty: Duty = Duty.ON
    load: int = 0
    """Guests with them, coming to them, or being asked for at this moment."""
    free_in_s: float | None = 0.0
    """Median seconds until they can take a guest (0 when free); None when nobody can say."""
    free_for_s: float = 0.0
    """Seconds since they last came free or on duty."""
    idle_s: float = 0.0
    """Seconds since they last accepted a guest, or since they came on duty."""
    accepted_today: int = 0
    on_duty_s: float = 0.0
    """Seconds on duty today, breaks left out."""
    median_answer_s: float = QUICK_ANSWER_S
    skills: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset({"zh"})

    @property
    def is_free(self) -> bool:
        """Whether they can be asked now."""
        return self.duty is Duty.ON and self.load == 0


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who was asked for this guest and did not take them, `ago_s` seconds ago."""

    staff_id: StaffId
    ago_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Need:
    """One waiting guest as the rule sees them now."""

    visit_id: VisitId
    waited_s: float = 0.0
    told_s: float | None = None
    """The whole wait that the guest was told at first; None when nothing was told."""
    own_id: StaffId | None = None
    """Whom the guest chose at the kiosk, else who invited them, else their own consultant."""
    wanted: frozenset[str] = frozenset()
    """Skills that would help: the model line, or a purpose such as service."""
    language: str = "zh"
    asked: tuple[Asked, ...] = ()

    @property
    def is_overdue(self) -> bool:
        """Whether the guest has waited as long as was told."""
        return self.told_s is not None and self.waited_s >= self.told_s


@dataclass(frozen=True, slots=True)
class Choice:
    """One consultant for one guest, with the points and where they come from (a weight's name and its part)."""

    staff_id: StaffId
    points: float
    parts: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Ask this consultant for this guest, now."""

    visit_id: VisitId
    staff_id: StaffId


def fair_shares(team: Sequence[Candidate]) -> dict[StaffId, float]:
    """Visits by which each is behind (ahead when negative) the team's visits per hour on duty."""
    worked_s = sum(one.on_duty_s for one in team)
    rate = sum(one.accepted_today for one in team) / worked_s if worked_s >= 1 else 0.0
    return {one.staff_id: rate * one.on_duty_s - one.accepted_today for one in team}


def rank(need: Need, team: Sequence[Candidate], weights: Weights) -> tuple[Choice, ...]:
    """Who could be asked for this guest now, best first; equal points keep the order of `team`."""
    behind = fair_shares(team)
    skip = {one.staff_id for one in need.asked if one.ago_s < weights.ask_again_min * 60}
    free = [one for one in team if one.is_free and one.staff_id not in skip]
    choices = [_choice(need, one, behind[one.staff_id], weights) for one in free]
    return tuple(sorted(choices, key=lambda choice: -choice.points))


def _choice(need: Need, one: Candidate, behind: float, weights: Weights) -> Choice:
    slow = min(one.median_answer_s, SLOWEST_ANSWER_S) - QUICK_ANSWER_S
    match = len(need.wanted & one.skills) / len(need.wanted) if need.wanted else 0.0
    parts = (
        ("own", weights.own if one.staff_id == need.own_id else 0.0),
        ("language", weights.language if need.language in one.languages else 0.0),
        ("fair_share", weights.fair_share * behind),
        ("skill", weights.skill * match),
        ("idle", weights.idle * min(one.idle_s, LONGEST_IDLE_S) / 600),
        ("answer", -weights.answer * max(0.0, slow) / 10),
    )
    return Choice(one.staff_id, sum(points for _, points in parts), parts)


def is_kept_for_own(need: Need, team: Sequence[Candidate], weights: Weights) -> bool:
    """Whether this guest still waits for their own consultant, who is likely to come free in time."""
    if need.own_id is None or need.waited_s >= weights.own_wait_min * 60:
        return False
    if any(one.staff_id == need.own_id for one in need.asked):
        return False
    own = next((one for one in team if one.staff_id == need.own_id), None)
    if own is None or own.duty is Duty.OFF or own.free_in_s is None:
        return False
    return own.free_in_s <= weights.own_reach * weights.own_wait_min * 60


def leaves_it_to_a_colleague(one: Candidate, team: Sequence[Candidate], weights: Weights) -> bool:
    """Whether somebody well ahead of the fair share steps back for a colleague who is about to be free.

    Not for one who is free already: whoever is free and still left over did not take this guest.
    """
    behind = fair_shares(team)
    if one.free_for_s >= weights.rest_min * 60 or 1 - behind[one.staff_id] <= weights.ahead_visits:
        return False
    soon = weights.colleague_min * 60
    return any(
        other.free_in_s is not None
        and 0 < other.free_in_s <= soon
        and behind[other.staff_id] > behind[one.staff_id] + 1
        for other in team
        if other.staff_id != one.staff_id and other.duty is not Duty.OFF
    )


def assign(waiting: Sequence[Need], team: Sequence[Candidate], weights: Weights) -> tuple[Assignment, ...]:
    """Whom to ask now for whom. `waiting` in the order in which the guests came; nobody is asked twice at once.

    First the guests whose own consultant is free and who have not waited out `own_wait_min`; then everybody in order,
    leaving out those who are kept for their own consultant and consultants who step back (for nobody who has waited as
    long as was told).
    """
    left = {one.staff_id: one for one in team if one.is_free}
    made: dict[VisitId, StaffId] = {}
    for need in waiting:
        recently = {one.staff_id for one in need.asked if one.ago_s < weights.ask_again_min * 60}
        own_first = need.waited_s <= weights.own_wait_min * 60 and need.own_id not in recently
        if own_first and need.own_id is not None and need.own_id in left:
            made[need.visit_id] = need.own_id
            del left[need.own_id]
    stepping_back = {one for one in left if leaves_it_to_a_colleague(left[one], team, weights)}
    for need in waiting:
        if not left:
            break
        if need.visit_id in made or is_kept_for_own(need, team, weights):
            continue
        choices = rank(need, team, weights)
        best = next((c for c in choices if _may(c.staff_id, need, left, stepping_back)), None)
        if best is not None:
            made[need.visit_id] = best.staff_id
            del left[best.staff_id]
    return tuple(Assignment(need.visit_id, made[need.visit_id]) for need in waiting if need.visit_id in made)


def _may(staff_id: StaffId, need: Need, left: Mapping[StaffId, Candidate], stepping_back: set[StaffId]) -> bool:
    return staff_id in left and (staff_id not in stepping_back or staff_id == need.own_id or need.is_overdue)
