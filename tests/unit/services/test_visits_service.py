"""One service method for every channel; the clock asks the next, rings the alarm, tells the manager."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from smart4s_kiosk.domain.events import ConsultantRequested, VisitAccepted, VisitEnded, VisitEscalated, VisitPassed
from smart4s_kiosk.domain.ids import StaffId, VisitId
from smart4s_kiosk.domain.staff import Duty, NotOnDuty, Role
from smart4s_kiosk.domain.visits import (
    Alarm,
    IdentifiedBy,
    Outcome,
    Purpose,
    Visit,
    VisitAlreadyAccepted,
    VisitState,
)
from smart4s_kiosk.ports.storage import UnitOfWork
from smart4s_kiosk.services.visits import Arrival, AskedSomebodyElse
from tests.builders import a_customer, a_member
from tests.showroom import Showroom

WANG, LI = StaffId("王静"), StaffId("李明")
V = VisitId("visit-1")


@pytest.fixture
def showroom() -> Showroom:
    room = Showroom()
    with room.storage.begin() as work:
        work.staff.add(a_member("王静"))
        work.staff.add(a_member("李明"))
        work.staff.add(a_member("管理", role=Role.MANAGER))
    return room


def counted_begins(showroom: Showroom) -> Callable[[], int]:
    """How many changing transactions are opened from now on."""
    begins = 0
    begin = showroom.storage.begin

    def counted() -> object:
        nonlocal begins
        begins += 1
        return begin()

    showroom.storage.begin = counted  # type: ignore[method-assign, assignment] # counts what the clock opens
    return lambda: begins


def a_waiting_visit(showroom: Showroom, consultant: StaffId | None = WANG) -> None:
    showroom.visits.begin(visit_id=V, place="B1")
    showroom.visits.identify(V, Arrival(IdentifiedBy.ANONYMOUS))
    showroom.visits.state_purpose(V, Purpose.LOOK)
    showroom.visits.ask(V, consultant)


def facts(showroom: Showroom) -> list[object]:
    with showroom.storage.look() as view:
        waiting = list(view.outbox.due(showroom.clock.now(), limit=100))
    seen: list[object] = [m.fact for m in waiting]
    while waiting:
        with showroom.storage.begin() as work:
            work.outbox.mark_sent([m.message_id for m in waiting])
        with showroom.storage.look() as view:
            waiting = list(view.outbox.due(showroom.clock.now(), limit=100))
        seen += [m.fact for m in waiting]
    return seen


def test_a_second_press_makes_no_second_visit(showroom: Showroom) -> None:
    first = showroom.visits.begin(visit_id=V)
    second = showroom.visits.begin(visit_id=V)
    assert first == second
    assert first.label == "A-001"


def test_asking_puts_the_request_beside_the_change(showroom: Showroom) -> None:
    a_waiting_visit(showroom)
    (request,) = facts(showroom)
    assert isinstance(request, ConsultantRequested)
    assert request.consultant_userid == "wx-王静"
    assert request.address == "A-001"
    assert [c.name for c in request.colleagues] == ["李明", "管理"]


def test_a_failed_commit_leaves_neither_visit_nor_request(showroom: Showroom) -> None:
    showroom.visits.begin(visit_id=V)
    showroom.visits.identify(V, Arrival(IdentifiedBy.ANONYMOUS))
    showroom.visits.state_purpose(V, Purpose.LOOK)
    showroom.storage.fail_commit_with = RuntimeError("power cut")
    with pytest.raises(RuntimeError):
        showroom.visits.ask(V, WANG)
    assert showroom.visits.get(V).state is VisitState.CHOOSING
    assert facts(showroom) == []


def test_first_accept_wins_and_the_late_one_hears_who(showroom: Showroom) -> None:
    a_waiting_visit(showroom)
    showroom.visits.accept(V, LI)
    assert showroom.visits.accept(V, LI).consultant_id == LI
    with pytest.raises(VisitAlreadyAccepted) as late:
        showroom.visits.accept(V, WANG)
    assert late.value.facts["by"] == LI
    assert late.value.facts["colleague"] == "李明"
    assert sum(isinstance(f, VisitAccepted) for f in facts(showroom)) == 1


def test_sixty_seconds_without_an_answer_ask_the_next_in_line(showroom: Showroom) -> None:
    a_waiting_visit(showroom)
    showroom.tick(59)
    assert showroom.visits.get(V).consultant_id == WANG
    showroom.tick(2)
    visit = showroom.visits.get(V)
    assert (visit.state, visit.consultant_id, visit.asked) == (VisitState.REQUESTED, LI, (WANG, LI))


def test_reception_hears_at_120_and_the_manager_at_180_once_each(showroom: Showroom) -> None:
    a_waiting_visit(showroom)
    showroom.tick(119)
    assert showroom.visits.get(V).alarm is Alarm.NONE
    showroom.tick(2)
    assert showroom.visits.get(V).alarm is Alarm.RECEPTION
    showroom.tick(70)
    assert showroom.visits.get(V).alarm is Alarm.MANAGER
    showroom.tick(60)
    assert sum(isinstance(f, VisitEscalated) for f in facts(showroom)) == 1
    alarms = [a for a in showroom.storage.announced if a.concept == "alarms"]
    assert len(alarms) == 2


def test_outside_opening_hours_alarms_sleep(showroom: Showroom) -> None:
    a_waiting_visit(showroom)
    showroom.clock.advance(hours=9)
    showroom.visit_clock.advance()
    assert showroom.visits.get(V).alarm is Alarm.NONE


def test_later_asks_the_same_consultant_again_at_that_time(showroom: Showroom) -> None:
    a_waiting_visit(showroom)
    showroom.visits.postpone(V, WANG, minutes=2)
    showroom.tick(119)
    assert showroom.visits.get(V).state is VisitState.LATER
    showroom.tick(3)
    visit = showroom.visits.get(V)
    assert (visit.state, visit.consultant_id) == (VisitState.REQUESTED, WANG)


def test_a_long_later_starts_the_next_choice_after_three_minutes(showroom: Showroom) -> None:
    a_waiting_visit(showroom)
    showroom.visits.postpone(V, WANG, minutes=15)
    showroom.tick(182)
    visit = showroom.visits.get(V)
    assert (visit.state, visit.consultant_id) == (VisitState.REQUESTED, LI)


def test_passing_on_asks_the_named_colleague_at_once(showroom: Showroom) -> None:
    a_waiting_visit(showroom)
    visit = showroom.visits.pass_on(V, WANG, to=LI)
    assert (visit.state, visit.consultant_id) == (VisitState.REQUESTED, LI)
    with pytest.raises(AskedSomebodyElse):
        showroom.visits.postpone(V, WANG)


def test_with_nobody_free_the_visitor_queues_and_is_asked_for_when_somebody_is(showroom: Showroom) -> None:
    showroom.staff.change_duty(WANG, Duty.OFF)
    showroom.staff.change_duty(LI, Duty.OFF)
    a_waiting_visit(showroom, consultant=None)
    assert showroom.visits.get(V).is_queued
    showroom.staff.change_duty(LI, Duty.ON)
    showroom.tick(10)
    assert showroom.visits.get(V).consultant_id == LI


@pytest.mark.parametrize("duty", [Duty.BREAK, Duty.OFF])
def test_who_goes_while_they_are_asked_holds_nobody_up(showroom: Showroom, duty: Duty) -> None:
    a_waiting_visit(showroom)
    showroom.tick(5)
    showroom.staff.change_duty(WANG, duty)
    showroom.tick(1)
    visit = showroom.visits.get(V)
    assert (visit.state, visit.consultant_id, visit.asked) == (VisitState.REQUESTED, LI, (WANG, LI))
    assert [f.by_userid for f in facts(showroom) if isinstance(f, VisitPassed)] == ["wx-王静"]
    with pytest.raises(AskedSomebodyElse):
        showroom.visits.postpone(V, WANG)


def test_with_nobody_else_free_a_guest_of_somebody_who_went_stands_in_line(showroom: Showroom) -> None:
    a_waiting_visit(showroom)
    for who in (LI, WANG):
        showroom.staff.change_duty(who, Duty.BREAK)
    showroom.tick(30)
    assert showroom.visits.get(V).state is VisitState.PASSED
    showroom.staff.change_duty(LI, Duty.ON)
    showroom.tick(1)
    assert showroom.visits.get(V).consultant_id == LI
    assert sum(isinstance(f, VisitPassed) for f in facts(showroom)) == 1


def test_who_goes_after_saying_later_is_not_waited_for(showroom: Showroom) -> None:
    a_waiting_visit(showroom)
    showroom.visits.postpone(V, WANG, minutes=3)
    showroom.staff.change_duty(LI, Duty.BREAK)
    showroom.staff.change_duty(WANG, Duty.OFF)
    begins = counted_begins(showroom)
    showroom.tick(20)
    assert (showroom.visits.get(V).state, begins()) == (VisitState.LATER, 0)
    showroom.staff.change_duty(LI, Duty.ON)
    showroom.tick(1)
    assert showroom.visits.get(V).consultant_id == LI


def test_who_left_the_company_is_not_waited_for(showroom: Showroom) -> None:
    a_waiting_visit(showroom)
    with showroom.storage.begin() as work:
        member = work.staff.get(WANG)
        work.staff.put(replace(member, version=member.version + 1, is_active=False))
    showroom.tick(1)
    assert showroom.visits.get(V).consultant_id == LI


def test_somebody_off_duty_cannot_be_asked(showroom: Showroom) -> None:
    showroom.staff.change_duty(WANG, Duty.OFF)
    with pytest.raises(NotOnDuty):
        a_waiting_visit(showroom)


def test_a_guest_who_walked_off_before_choosing_is_closed_after_90_seconds(showroom: Showroom) -> None:
    showroom.visits.begin(visit_id=V)
    showroom.tick(92)
    assert showroom.visits.get(V).outcome is Outcome.WALKED_AWAY


def test_the_first_who_accepts_becomes_the_customers_own(showroom: Showroom) -> None:
    with showroom.storage.begin() as work:
        work.customers.add(a_customer("张伟"))
    customer = a_customer("张伟").id
    showroom.visits.begin(visit_id=V)
    showroom.visits.identify(V, Arrival(IdentifiedBy.PHONE, customer_id=customer, display_name="张*"))
    showroom.visits.state_purpose(V, Purpose.LOOK)
    showroom.visits.ask(V, None)
    showroom.visits.accept(V, LI)
    showroom.visits.close(V, Outcome.SERVED, by=LI)
    assert showroom.customers.get(customer).consultant_id == LI
    assert showroom.visits.get(V).state is VisitState.LEFT
    again = VisitId("visit-2")
    showroom.visits.begin(visit_id=again)
    showroom.visits.identify(again, Arrival(IdentifiedBy.PHONE, customer_id=customer, display_name="张*"))
    showroom.visits.state_purpose(again, Purpose.LOOK)
    assert showroom.visits.ask(again, None).consultant_id == LI


def wang_is_well_ahead(showroom: Showroom) -> None:
    """Wang has had four guests and is free; Li has one, for half an hour now."""
    for number in range(5):
        visit_id = VisitId(f"early-{number}")
        showroom.visits.begin(visit_id=visit_id)
        showroom.visits.identify(visit_id, Arrival(IdentifiedBy.ANONYMOUS))
        showroom.visits.state_purpose(visit_id, Purpose.LOOK)
        showroom.visits.accept(visit_id, LI if number == 0 else WANG)
        if number:
            showroom.clock.advance(minutes=8)
            showroom.visits.close(visit_id, Outcome.SERVED, by=WANG)
    showroom.clock.advance(minutes=5)


def test_who_is_well_ahead_leaves_a_guest_to_a_colleague_until_the_wait_told_is_over(showroom: Showroom) -> None:
    wang_is_well_ahead(showroom)
    a_waiting_visit(showroom, None)
    assert showroom.visits.get(V).is_queued
    with showroom.storage.look() as view:
        told_s = float(view.receipts.find(f"told:{V}") or 0)
    assert 60 <= told_s < 900
    showroom.tick(told_s - 10)
    assert showroom.visits.get(V).is_queued
    showroom.tick(20)
    assert showroom.visits.get(V).consultant_id == WANG


def test_staff_who_ask_for_somebody_get_somebody_now(showroom: Showroom) -> None:
    wang_is_well_ahead(showroom)
    a_waiting_visit(showroom, None)
    assert showroom.visits.ask(V, None, by=LI).consultant_id == WANG


def test_a_break_is_no_free_consultant_in_what_a_guest_is_told(showroom: Showroom) -> None:
    with showroom.storage.begin() as work:
        for name in ("王静", "李明"):
            work.staff.put(work.staff.get(StaffId(name)).with_duty(Duty.BREAK, showroom.clock.now()))
    a_waiting_visit(showroom, None)
    with showroom.storage.look() as view:
        assert float(view.receipts.find(f"told:{V}") or 0) > 25 * 60


def another_visit(showroom: Showroom) -> VisitId:
    other = VisitId("visit-2")
    showroom.visits.begin(visit_id=other)
    showroom.visits.identify(other, Arrival(IdentifiedBy.ANONYMOUS))
    showroom.visits.state_purpose(other, Purpose.LOOK)
    return other


def test_a_card_of_a_visit_that_was_joined_leads_to_the_other_one(showroom: Showroom) -> None:
    a_waiting_visit(showroom)
    other = another_visit(showroom)
    showroom.visits.merge(V, other, by=LI)
    accepted = showroom.visits.accept(V, WANG)
    assert (accepted.id, accepted.state, accepted.consultant_id) == (other, VisitState.ACCEPTED, WANG)
    with pytest.raises(VisitAlreadyAccepted):
        showroom.visits.accept(V, LI)


@pytest.mark.parametrize("is_accepted_first", [True, False])
def test_cards_of_a_joined_visit_say_who_receives_and_undoing_asks_anew(
    showroom: Showroom, *, is_accepted_first: bool
) -> None:
    a_waiting_visit(showroom)
    other = another_visit(showroom)
    if is_accepted_first:
        showroom.visits.accept(other, LI)
    showroom.visits.merge(V, other, by=LI)
    if not is_accepted_first:
        showroom.visits.accept(other, LI)
    told = [(f.visit_id, f.by_name) for f in facts(showroom) if isinstance(f, VisitAccepted)]
    assert sorted(told) == [(V, "李明"), (other, "李明")]
    assert not [f for f in facts(showroom) if isinstance(f, VisitEnded)]
    showroom.visits.unmerge(V, by=LI)
    showroom.tick(61)
    assert showroom.visits.get(V).is_waiting


def test_a_visit_handed_to_another_consultant_says_so_on_its_cards(showroom: Showroom) -> None:
    with showroom.storage.begin() as work:
        work.staff.add(a_member("前台", role=Role.RECEPTION))
    a_waiting_visit(showroom)
    showroom.visits.accept(V, WANG)
    showroom.visits.hand_over(V, LI, by=StaffId("前台"))
    assert [f.by_name for f in facts(showroom) if isinstance(f, VisitAccepted)] == ["王静", "李明"]


def test_a_request_that_could_not_leave_before_the_manager_heard_is_never_sent_late(showroom: Showroom) -> None:
    a_waiting_visit(showroom)
    with showroom.storage.look() as view:
        (message,) = view.outbox.due(showroom.clock.now(), limit=10)
    assert message.expires_at == showroom.clock.now() + timedelta(seconds=180)


def test_skills_and_language_decide_among_those_who_are_as_fair(showroom: Showroom) -> None:
    with showroom.storage.begin() as work:
        work.staff.put(replace(work.staff.get(WANG), version=2, skills=("试驾",), languages=("zh", "en")))
    for number, (purpose, language) in enumerate([(Purpose.TEST_DRIVE, "zh"), (Purpose.LOOK, "en")]):
        visit_id = VisitId(f"needs-{number}")
        showroom.visits.begin(visit_id=visit_id)
        showroom.visits.identify(visit_id, Arrival(IdentifiedBy.ANONYMOUS))
        showroom.visits.state_purpose(visit_id, purpose, language=language)
        assert showroom.visits.ask(visit_id, None).consultant_id == WANG
        showroom.visits.close(visit_id, Outcome.WALKED_AWAY)
    a_waiting_visit(showroom, None)
    assert showroom.visits.get(V).consultant_id == LI


def test_a_full_showroom_commits_nothing_while_nobody_comes_free(showroom: Showroom) -> None:
    for number, who in enumerate((WANG, LI)):
        busy = VisitId(f"busy-{number}")
        showroom.visits.begin(visit_id=busy)
        showroom.visits.identify(busy, Arrival(IdentifiedBy.ANONYMOUS))
        showroom.visits.state_purpose(busy, Purpose.LOOK)
        showroom.visits.accept(busy, who)
    a_waiting_visit(showroom, None)
    showroom.tick(200)
    assert showroom.visits.get(V).is_queued
    begins = counted_begins(showroom)
    showroom.tick(30)
    assert begins() == 0
    showroom.visits.close(VisitId("busy-0"), Outcome.SERVED, by=WANG)
    showroom.tick(1)
    assert showroom.visits.get(V).consultant_id == WANG


def test_a_visit_that_refuses_what_time_asks_keeps_no_alarm_of_another_back(showroom: Showroom) -> None:
    broken, other = VisitId("a-broken"), VisitId("b-other")
    for visit_id in (broken, other):
        showroom.visits.begin(visit_id=visit_id)
        showroom.visits.identify(visit_id, Arrival(IdentifiedBy.ANONYMOUS))
        showroom.visits.state_purpose(visit_id, Purpose.LOOK)
        showroom.visits.ask(visit_id, WANG)
    ask = showroom.visits.ask_within

    def refuses(work: UnitOfWork, visit: Visit, consultant: StaffId | None) -> object:
        if visit.id == broken:
            raise VisitAlreadyAccepted
        return ask(work, visit, consultant)

    showroom.visits.ask_within = refuses  # type: ignore[method-assign, assignment] # the refusal under test
    showroom.tick(130)
    assert showroom.visits.get(other).alarm is Alarm.RECEPTION
