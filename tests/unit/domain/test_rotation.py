"""One test for each sentence of the rotation rule."""

from dataclasses import replace
from typing import Any

import pytest

from smart4s_kiosk.domain.ids import StaffId, VisitId
from smart4s_kiosk.domain.rotation import (
    Asked,
    Assignment,
    BadWeight,
    Candidate,
    Need,
    Weights,
    assign,
    fair_shares,
    is_kept_for_own,
    leaves_it_to_a_colleague,
    rank,
)
from smart4s_kiosk.domain.staff import Duty

WANG, HE, LUO = StaffId("wang"), StaffId("he"), StaffId("luo")
FREE = Candidate(WANG, on_duty_s=3600)
GUEST = Need(VisitId("a"))
W = Weights()


def team(*changes: dict[str, Any]) -> list[Candidate]:
    people = [Candidate(name, on_duty_s=3600) for name in (WANG, HE, LUO)]
    return [replace(one, **change) for one, change in zip(people, changes, strict=False)] + people[len(changes) :]


def first(need: Need, people: list[Candidate], weights: Weights = W) -> StaffId:
    return rank(need, people, weights)[0].staff_id


def test_only_somebody_on_duty_without_a_guest_is_asked() -> None:
    people = team({"load": 1}, {"duty": Duty.BREAK}, {"duty": Duty.OFF})
    assert rank(GUEST, people, W) == ()
    assert assign([GUEST], people, W) == ()


def test_the_own_consultant_comes_before_all_points() -> None:
    people = team({"accepted_today": 9}, {}, {"skills": frozenset({"E7"})})
    need = replace(GUEST, own_id=WANG, wanted=frozenset({"E7"}))
    assert first(need, people) == WANG


def test_who_is_behind_the_fair_share_is_asked_first() -> None:
    people = team({"accepted_today": 3}, {"accepted_today": 1}, {"accepted_today": 2})
    assert first(GUEST, people) == HE
    assert fair_shares(people) == {WANG: -1.0, HE: 1.0, LUO: 0.0}


def test_the_fair_share_is_counted_per_hour_on_duty() -> None:
    people = team({"accepted_today": 2, "on_duty_s": 7200}, {"accepted_today": 2, "on_duty_s": 14400})[:2]
    assert first(GUEST, people) == HE


@pytest.mark.parametrize(
    "change",
    [
        {"skills": frozenset({"E7"})},
        {"languages": frozenset({"zh", "en"})},
        {"idle_s": 1200.0},
    ],
)
def test_among_equals_each_of_these_decides(change: dict[str, Any]) -> None:
    need = replace(GUEST, wanted=frozenset({"E7"}), language="en")
    assert first(need, team({}, {}, change)) == LUO


def test_who_usually_answers_late_comes_last() -> None:
    assert [c.staff_id for c in rank(GUEST, team({"median_answer_s": 40.0}), W)] == [HE, LUO, WANG]


def test_the_parts_of_the_points_are_told() -> None:
    choice = rank(replace(GUEST, own_id=WANG), team({"idle_s": 600.0}), W)[0]
    assert dict(choice.parts)["own"] == W.own
    assert dict(choice.parts)["idle"] == pytest.approx(1.0)
    assert choice.points == pytest.approx(sum(points for _, points in choice.parts))


def test_who_did_not_take_a_guest_is_asked_again_after_three_minutes_only() -> None:
    people = [FREE]
    assert rank(replace(GUEST, asked=(Asked(WANG, 179),)), people, W) == ()
    assert first(replace(GUEST, asked=(Asked(WANG, 180),)), people) == WANG


def test_guests_are_looked_at_in_their_order_and_nobody_is_asked_twice() -> None:
    guests = [Need(VisitId(name)) for name in "abc"]
    made = assign(guests, team()[:2], W)
    assert [one.visit_id for one in made] == ["a", "b"]
    assert len({one.staff_id for one in made}) == 2


def test_a_guest_is_kept_for_an_own_consultant_who_is_soon_free() -> None:
    need = replace(GUEST, own_id=WANG)
    people = team({"load": 1, "free_in_s": 400.0})
    assert is_kept_for_own(need, people, W)
    assert assign([need], people, W) == ()
    assert assign([replace(need, waited_s=600.0)], people, W)[0].staff_id == HE


@pytest.mark.parametrize(
    "own",
    [
        {"load": 1, "free_in_s": 2400.0},
        {"load": 1, "free_in_s": None},
        {"duty": Duty.OFF},
    ],
)
def test_a_guest_is_not_kept_for_somebody_who_will_not_come(own: dict[str, Any]) -> None:
    assert assign([replace(GUEST, own_id=WANG)], team(own), W)[0].staff_id == HE


def test_a_guest_whom_the_own_consultant_refused_goes_on_to_the_next() -> None:
    need = replace(GUEST, own_id=WANG, asked=(Asked(WANG, 5),))
    assert assign([need], team({"load": 1, "free_in_s": 60.0}), W)[0].staff_id == HE


def test_an_own_guest_who_waits_goes_first_when_that_consultant_comes_free() -> None:
    older, own = Need(VisitId("older"), waited_s=500), Need(VisitId("own"), waited_s=100, own_id=WANG)
    assert assign([older, own], [FREE], W) == (Assignment(VisitId("own"), WANG),)
    late = replace(own, waited_s=601.0)
    assert assign([replace(older, waited_s=700), late], [FREE], W) == (Assignment(VisitId("older"), WANG),)


def busy_team(**leader: Any) -> list[Candidate]:
    """Wang is three visits ahead of the fair share and free; the others are with guests, He nearly done."""
    ahead = Candidate(WANG, accepted_today=6, on_duty_s=14400, **leader)
    soon = Candidate(HE, accepted_today=2, on_duty_s=14400, load=1, free_in_s=300.0)
    return [ahead, soon, Candidate(LUO, accepted_today=2, on_duty_s=14400, load=1, free_in_s=2000.0)]


def test_who_is_well_ahead_leaves_a_guest_to_a_colleague_who_is_soon_free() -> None:
    people = busy_team(free_for_s=60.0)
    assert leaves_it_to_a_colleague(people[0], people, W)
    assert assign([GUEST], people, W) == ()


def test_but_not_when_nobody_comes_free_soon_nor_for_long() -> None:
    people = busy_team(free_for_s=60.0)
    alone = [people[0], replace(people[1], free_in_s=2000.0), people[2]]
    assert assign([GUEST], alone, W)[0].staff_id == WANG
    assert assign([GUEST], busy_team(free_for_s=900.0), W)[0].staff_id == WANG


def test_nor_for_a_guest_who_has_waited_as_long_as_was_told() -> None:
    people = busy_team(free_for_s=60.0)
    told = replace(GUEST, waited_s=299.0, told_s=300.0)
    assert assign([told], people, W) == ()
    assert assign([replace(told, waited_s=300.0)], people, W)[0].staff_id == WANG


def test_nor_for_a_guest_of_their_own() -> None:
    assert assign([replace(GUEST, own_id=WANG)], busy_team(free_for_s=60.0), W)[0].staff_id == WANG


def test_a_weights_table_changes_only_what_it_names() -> None:
    assert Weights.of({"fair_share": 4}) == replace(W, fair_share=4.0)
    assert Weights.of({}) == W


@pytest.mark.parametrize("table", [{"fairshare": 1.0}, {"skill": -1.0}, {"skill": True}, {"own": float("nan")}])
def test_a_wrong_weight_is_refused(table: dict[str, float]) -> None:
    with pytest.raises(BadWeight):
        Weights.of(table)
