"""From the list of consultants to the feedback: places in line, breaks, and a page that is read anew."""

import pytest

from smart4s_kiosk.domain.ids import StaffId, VisitId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.staff import Duty
from smart4s_kiosk.domain.visits import Outcome, Purpose
from smart4s_kiosk.services.check_in_choices import Presence, WaitLine, WaitStage, Way
from smart4s_kiosk.services.check_in_views import (
    Accepted,
    AskFeedback,
    ChooseConsultant,
    ChooseWay,
    Thanks,
    Waiting,
)
from tests.builders import a_customer, a_member
from tests.showroom import Showroom
from tests.unit.services.check_in_room import a_check_in_room, an_own_guest, set_duty


@pytest.fixture
def showroom() -> Showroom:
    return a_check_in_room()


def test_from_waiting_to_feedback(showroom: Showroom) -> None:
    visit_id = showroom.kiosk.begin().visit_id
    showroom.kiosk.choose_way(visit_id, Way.ANONYMOUS)
    showroom.kiosk.choose_purpose(visit_id, Purpose.QUOTE, people=1)
    waiting = showroom.kiosk.choose_consultant(visit_id, a_member("王静").id)
    assert isinstance(waiting, Waiting)
    assert waiting.person is not None
    assert waiting.person.name == "王静"
    showroom.visits.accept(visit_id, a_member("王静").id)
    accepted = showroom.kiosk.progress(visit_id)
    assert isinstance(accepted, Accepted)
    assert accepted.person.name == "王静"
    showroom.visits.serve(visit_id, a_member("王静").id)
    assert isinstance(showroom.kiosk.progress(visit_id), Accepted)
    showroom.visits.close(visit_id, Outcome.SERVED, by=a_member("王静").id)
    assert isinstance(showroom.kiosk.progress(visit_id), AskFeedback)
    showroom.kiosk.rate(visit_id, score=9, reasons=(), tell_manager="")
    showroom.kiosk.rate(visit_id, score=2, reasons=(), tell_manager="")
    with showroom.storage.look() as view:
        scores = view.feedback.between(a_customer().created_at, showroom.clock.advance(1))
    assert [f.score for f in scores] == [9]


def test_a_waiting_guest_who_checks_in_again_finds_the_same_visit_and_place(showroom: Showroom) -> None:
    first = an_own_guest(showroom)
    showroom.kiosk.choose_consultant(first, None)
    showroom.kiosk.leave(first)
    showroom.clock.advance(30)
    second = showroom.kiosk.begin().visit_id
    showroom.kiosk.choose_way(second, Way.PHONE)
    showroom.kiosk.enter_phone(second, "5678")
    showroom.kiosk.enter_surname(second, "张", Title.MR)
    shown = showroom.kiosk.confirm_guest(second, is_me=True)
    assert isinstance(shown, Waiting)
    assert shown.visit_id == first
    assert showroom.visits.get(second).merged_into == first
    assert showroom.visits.get(first).is_waiting


def test_nobody_left_to_ask_is_said_as_a_place_in_line_not_as_the_one_who_did_not_answer(showroom: Showroom) -> None:
    set_duty(showroom, "李明", Duty.OFF)
    visit_id = showroom.kiosk.begin().visit_id
    showroom.kiosk.choose_way(visit_id, Way.ANONYMOUS)
    showroom.kiosk.choose_purpose(visit_id, Purpose.QUOTE, people=1)
    showroom.kiosk.choose_consultant(visit_id, None)
    showroom.tick(61)
    shown = showroom.kiosk.progress(visit_id)
    assert isinstance(shown, Waiting)
    assert (shown.stage, shown.person, shown.queue_number) == (WaitStage.QUEUED, None, 1)
    assert shown.queue_minutes
    showroom.tick(60)
    shown = showroom.kiosk.progress(visit_id)
    assert isinstance(shown, Waiting)
    assert shown.stage is WaitStage.RECEPTION
    assert shown.queue_number == 1


def test_the_waiting_page_goes_on_with_the_next_when_the_asked_one_goes_on_a_break(showroom: Showroom) -> None:
    visit_id = an_own_guest(showroom)
    showroom.kiosk.choose_consultant(visit_id, StaffId("李明"))
    set_duty(showroom, "李明", Duty.BREAK)
    showroom.tick(1)
    shown = showroom.kiosk.progress(visit_id)
    assert isinstance(shown, Waiting)
    assert shown.person is not None
    assert shown.person.name == "王静"
    told = [(step.line, step.name) for step in shown.steps]
    assert told[:3] == [(WaitLine.NOTIFIED, "李明"), (WaitLine.BUSY, "李明"), (WaitLine.NOTIFIED, "王静")]


def test_an_everybody_busy_list_says_how_long(showroom: Showroom) -> None:
    for name in ("王静", "李明"):
        visit_id = showroom.kiosk.begin().visit_id
        showroom.kiosk.choose_way(visit_id, Way.ANONYMOUS)
        showroom.kiosk.choose_purpose(visit_id, Purpose.QUOTE, people=1)
        showroom.visits.accept(visit_id, StaffId(name))
    visit_id = an_own_guest(showroom)
    shown = showroom.kiosk.change_consultant(visit_id)
    assert isinstance(shown, ChooseConsultant)
    assert shown.queue_minutes is not None


def test_who_went_off_duty_a_moment_ago_leads_back_to_the_list_of_now(showroom: Showroom) -> None:
    visit_id = an_own_guest(showroom)
    set_duty(showroom, "王静", Duty.OFF)
    shown = showroom.kiosk.choose_consultant(visit_id, StaffId("王静"))
    assert isinstance(shown, ChooseConsultant)
    assert "王静" not in [card.name for card in shown.others]


def test_a_break_is_told_as_a_break_and_nobody_on_one_is_asked(showroom: Showroom) -> None:
    set_duty(showroom, "王静", Duty.BREAK)
    visit_id = an_own_guest(showroom)
    shown = showroom.kiosk.change_consultant(visit_id)
    assert isinstance(shown, ChooseConsultant)
    assert [(card.name, card.presence) for card in shown.others] == [("王静", Presence.BREAK)]
    assert isinstance(showroom.kiosk.choose_consultant(visit_id, StaffId("王静")), ChooseConsultant)


def test_the_age_of_what_is_known_of_a_consultant_counts_from_their_last_act(showroom: Showroom) -> None:
    first = an_own_guest(showroom)
    showroom.visits.accept(first, StaffId("王静"))
    showroom.clock.advance(minutes=50)
    showroom.visits.close(first, Outcome.SERVED, by=StaffId("王静"))
    showroom.clock.advance(minutes=3)
    visit_id = showroom.kiosk.begin().visit_id
    showroom.kiosk.choose_way(visit_id, Way.ANONYMOUS)
    shown = showroom.kiosk.choose_purpose(visit_id, Purpose.QUOTE, people=1)
    assert isinstance(shown, ChooseConsultant)
    ages = {card.name: card.known_minutes_ago for card in shown.others}
    assert ages["王静"] == 3


def test_choosing_anew_while_somebody_has_just_accepted_asks_nobody_else(showroom: Showroom) -> None:
    visit_id = an_own_guest(showroom)
    showroom.kiosk.choose_consultant(visit_id, StaffId("李明"))
    assert isinstance(showroom.kiosk.change_consultant(visit_id), ChooseConsultant)
    showroom.visits.accept(visit_id, StaffId("李明"))
    shown = showroom.kiosk.choose_consultant(visit_id, StaffId("王静"))
    assert isinstance(shown, Accepted)
    assert shown.person.name == "李明"


def test_a_page_that_stands_there_is_read_anew(showroom: Showroom) -> None:
    ways = showroom.kiosk.begin()
    showroom.faces.is_lost = True
    newest = showroom.kiosk.newest(ways)
    assert isinstance(newest, ChooseWay)
    assert Way.FACE not in newest.ways
    visit_id = an_own_guest(showroom)
    before = showroom.kiosk.change_consultant(visit_id)
    set_duty(showroom, "王静", Duty.OFF)
    after = showroom.kiosk.newest(before)
    assert isinstance(after, ChooseConsultant)
    assert after.others == ()


def test_a_guest_who_reads_for_long_keeps_the_visit_and_one_who_left_does_not(showroom: Showroom) -> None:
    visit_id = an_own_guest(showroom)
    for _touch in range(6):
        showroom.tick(60)
        showroom.kiosk.still_here(visit_id)
    assert showroom.visits.get(visit_id).is_open
    showroom.kiosk.still_here(VisitId("not stored yet"))
    showroom.tick(91)
    assert showroom.visits.get(visit_id).outcome is Outcome.WALKED_AWAY
    assert isinstance(showroom.kiosk.progress(visit_id), Thanks)
