"""The rotation rule over any team and any queue."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from smart4s_kiosk.domain.ids import StaffId, VisitId
from smart4s_kiosk.domain.rotation import Asked, Candidate, Need, Weights, assign, fair_shares, rank
from smart4s_kiosk.domain.staff import Duty

IDS = [StaffId(f"c{n}") for n in range(6)]
SECONDS = st.floats(0, 20_000)

candidates = st.builds(
    Candidate,
    staff_id=st.sampled_from(IDS),
    duty=st.sampled_from(Duty),
    load=st.integers(0, 2),
    free_in_s=st.none() | SECONDS,
    free_for_s=SECONDS,
    idle_s=SECONDS,
    accepted_today=st.integers(0, 15),
    on_duty_s=SECONDS,
    median_answer_s=st.floats(1, 300),
    skills=st.frozensets(st.sampled_from(["E7", "S5"])),
)
teams = st.lists(candidates, max_size=6, unique_by=lambda one: one.staff_id)
needs = st.builds(
    Need,
    visit_id=st.uuids().map(lambda one: VisitId(str(one))),
    waited_s=SECONDS,
    told_s=st.none() | SECONDS,
    own_id=st.none() | st.sampled_from(IDS),
    wanted=st.frozensets(st.sampled_from(["E7", "S5"])),
    asked=st.lists(st.builds(Asked, staff_id=st.sampled_from(IDS), ago_s=SECONDS), max_size=3).map(tuple),
)
queues = st.lists(needs, max_size=6, unique_by=lambda one: one.visit_id)


@given(queue=queues, team=teams)
def test_every_assignment_is_allowed(queue: list[Need], team: list[Candidate]) -> None:
    weights = Weights()
    made = assign(queue, team, weights)
    assert len({one.visit_id for one in made}) == len({one.staff_id for one in made}) == len(made)
    free = {one.staff_id for one in team if one.is_free}
    by_id = {need.visit_id: need for need in queue}
    for one in made:
        assert one.staff_id in free
        recently = {a.staff_id for a in by_id[one.visit_id].asked if a.ago_s < weights.ask_again_min * 60}
        assert one.staff_id not in recently


@given(queue=queues, team=teams)
def test_nobody_waits_for_nothing(queue: list[Need], team: list[Candidate]) -> None:
    # Without keeping for own consultants and without stepping back, a free consultant and a guest who may ask them meet.
    weights = Weights(own_wait_min=0, rest_min=0)
    made = assign(queue, team, weights)
    idle = {one.staff_id for one in team if one.is_free} - {one.staff_id for one in made}
    alone = [need for need in queue if need.visit_id not in {one.visit_id for one in made}]
    for need in alone:
        assert not {choice.staff_id for choice in rank(need, team, weights)} & idle


@given(queue=queues, team=teams)
def test_the_rule_is_a_function_of_what_it_sees(queue: list[Need], team: list[Candidate]) -> None:
    assert assign(queue, team, Weights()) == assign(list(queue), list(team), Weights())
    assert abs(sum(fair_shares(team).values())) < 1e-6 or sum(one.on_duty_s for one in team) < 1


@given(team=teams, need=needs, extra=st.integers(1, 5))
def test_one_more_visit_never_makes_anybody_more_likely(team: list[Candidate], need: Need, extra: int) -> None:
    before = {choice.staff_id: place for place, choice in enumerate(rank(need, team, Weights()))}
    for who, place_before in before.items():
        more = [replace(one, accepted_today=one.accepted_today + extra) if one.staff_id == who else one for one in team]
        after = {choice.staff_id: place for place, choice in enumerate(rank(need, more, Weights()))}
        assert after[who] >= place_before
