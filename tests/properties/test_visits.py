"""Any order of any acts: a visit never leaves the table, a refusal changes nothing, and the journal replays the same."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.ids import CustomerId, StaffId, TerminalId, VisitId
from smart4s_kiosk.domain.visits import (
    NEXT,
    WITH_CONSULTANT,
    Alarm,
    IdentifiedBy,
    Outcome,
    Purpose,
    Visit,
    VisitAct,
    VisitState,
    VisitStep,
    apply,
    begin,
    replay,
)

START = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
STAFF = [StaffId(name) for name in ("wang", "li", "he")]
FIRST = VisitStep(
    visit_id=VisitId("v"), number=1, act=VisitAct.BEGIN, at=START, label="A-001", terminal_id=TerminalId("k")
)
acts = st.fixed_dictionaries(
    {
        "act": st.sampled_from([a for a in VisitAct if a is not VisitAct.BEGIN]),
        "seconds": st.integers(0, 100_000),
        "by": st.none() | st.sampled_from(STAFF),
        "to": st.none() | st.sampled_from(STAFF),
        "identified_by": st.none() | st.sampled_from(IdentifiedBy),
        "customer_id": st.none() | st.just(CustomerId("c")),
        "purpose": st.none() | st.sampled_from(Purpose),
        "alarm": st.sampled_from(Alarm),
        "outcome": st.none() | st.sampled_from(Outcome),
        "merged_into": st.none() | st.just(VisitId("other")),
        "skew": st.sampled_from([0, 0, 0, 1]),
    }
)


def step_of(visit: Visit, wish: dict[str, object], at: datetime) -> VisitStep:
    fields = {name: value for name, value in wish.items() if name not in {"act", "seconds", "skew"}}
    act, skew = wish["act"], wish["skew"]
    assert isinstance(act, VisitAct)
    assert isinstance(skew, int)
    step = visit.next_step(act, at)
    return replace(step, number=step.number + skew, **fields)  # type: ignore[arg-type] # named fields of a step


@settings(max_examples=400)
@given(st.lists(acts, max_size=25))
def test_any_order_of_acts_stays_in_the_table_and_replays(wishes: list[dict[str, object]]) -> None:
    visit, journal, at = begin(FIRST), [FIRST], START
    for wish in wishes:
        seconds = wish["seconds"]
        assert isinstance(seconds, int)
        at += timedelta(seconds=seconds)
        step = step_of(visit, wish, at)
        try:
            after = apply(visit, step)
        except RuleBroken:
            continue
        assert after.version == visit.version + 1
        if step.act is VisitAct.UNMERGE:
            assert visit.state is VisitState.MERGED
            assert after.state is visit.state_before_merge
        else:
            assert after.state is NEXT[visit.state, step.act]
        visit = after
        journal.append(step)
        assert replay(journal) == visit
        assert len(set(visit.asked)) == len(visit.asked)
        assert visit.alarm is Alarm.NONE or visit.state not in WITH_CONSULTANT
        assert (visit.ended_at is None) == visit.is_open
