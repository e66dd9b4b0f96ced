"""The one table of visit states, and the journal that replays to the same state."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from smart4s_kiosk.domain.ids import StaffId, TerminalId, VisitId
from smart4s_kiosk.domain.visits import (
    NEXT,
    OPEN,
    Alarm,
    MergeTooOld,
    Visit,
    VisitAct,
    VisitAlreadyAccepted,
    VisitState,
    VisitStep,
    VisitStepRefused,
    apply,
    begin,
    replay,
)

NOW = datetime(2026, 11, 21, 2, 18, tzinfo=UTC)
WANG, LI = StaffId("wang"), StaffId("li")


def a_first_step() -> VisitStep:
    return VisitStep(
        visit_id=VisitId("v1"), number=1, act=VisitAct.BEGIN, at=NOW, label="A-001", terminal_id=TerminalId("k1")
    )


def after(*acts: tuple[VisitAct, StaffId | None, StaffId | None]) -> tuple[Visit, list[VisitStep]]:
    journal = [a_first_step()]
    visit = begin(journal[0])
    for seconds, (act, by, to) in enumerate(acts, 1):
        step = visit.next_step(act, NOW + timedelta(seconds=seconds), by=by, to=to)
        visit = apply(visit, step)
        journal.append(step)
    return visit, journal


REQUESTED = ((VisitAct.IDENTIFY, None, None), (VisitAct.STATE_PURPOSE, None, None), (VisitAct.ASK, None, WANG))


def test_a_whole_visit_replays_to_the_same_state() -> None:
    visit, journal = after(
        *REQUESTED, (VisitAct.ACCEPT, WANG, None), (VisitAct.SERVE, WANG, None), (VisitAct.LEAVE, WANG, None)
    )
    assert visit.state is VisitState.LEFT
    assert replay(journal) == visit


def test_a_second_accept_hears_who_came_first() -> None:
    visit, _ = after(*REQUESTED, (VisitAct.ACCEPT, WANG, None))
    with pytest.raises(VisitAlreadyAccepted) as refusal:
        apply(visit, visit.next_step(VisitAct.ACCEPT, NOW, by=LI))
    assert refusal.value.facts["by"] == WANG


@pytest.mark.parametrize("state", sorted(VisitState))
@pytest.mark.parametrize("act", sorted(set(VisitAct) - {VisitAct.UNMERGE, VisitAct.BEGIN}))
def test_what_is_not_in_the_table_is_refused_and_changes_nothing(state: VisitState, act: VisitAct) -> None:
    visit = replace(begin(a_first_step()), state=state)
    step = visit.next_step(act, NOW, by=WANG, to=WANG)
    if (state, act) in NEXT:
        assert apply(visit, step).state is NEXT[state, act]
    else:
        with pytest.raises((VisitStepRefused, VisitAlreadyAccepted)):
            apply(visit, step)


def test_the_waiting_clock_begins_with_the_purpose_and_ends_with_the_accept() -> None:
    visit, _ = after(*REQUESTED)
    assert visit.waited_s(NOW + timedelta(seconds=62)) == 60
    accepted = apply(visit, visit.next_step(VisitAct.ACCEPT, NOW + timedelta(seconds=32), by=WANG))
    assert accepted.waited_s(NOW + timedelta(hours=1)) == 30


def test_a_merge_is_undone_within_a_day_and_not_later() -> None:
    visit, _ = after(*REQUESTED)
    merged = apply(visit, replace(visit.next_step(VisitAct.MERGE, NOW), merged_into=VisitId("v2")))
    undone = apply(merged, merged.next_step(VisitAct.UNMERGE, NOW + timedelta(hours=23)))
    assert undone.state is VisitState.REQUESTED
    with pytest.raises(MergeTooOld):
        apply(merged, merged.next_step(VisitAct.UNMERGE, NOW + timedelta(hours=25)))


def test_an_alarm_keeps_the_state_and_an_accept_ends_it() -> None:
    visit, _ = after(*REQUESTED)
    alarmed = apply(visit, replace(visit.next_step(VisitAct.RAISE_ALARM, NOW), alarm=Alarm.RECEPTION))
    assert (alarmed.state, alarmed.alarm) == (VisitState.REQUESTED, Alarm.RECEPTION)
    assert apply(alarmed, alarmed.next_step(VisitAct.ACCEPT, NOW, by=LI)).alarm is Alarm.NONE


def test_a_step_out_of_order_is_refused() -> None:
    visit, _ = after(*REQUESTED)
    with pytest.raises(VisitStepRefused):
        apply(visit, replace(visit.next_step(VisitAct.ACCEPT, NOW, by=WANG), number=99))


def test_every_open_state_can_be_cancelled() -> None:
    assert all((state, VisitAct.CANCEL) in NEXT for state in OPEN)
