"""A guest at the kiosk: equal ways, consent before the face, a tap before anything, and no name from a tail alone."""

import json
from dataclasses import replace

import pytest

from smart4s_kiosk.domain.errors import NotAllowed, Unavailable
from smart4s_kiosk.domain.faces import FaceNotUnder14
from smart4s_kiosk.domain.ids import StaffId, VisitId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.staff import Duty
from smart4s_kiosk.domain.visits import IdentifiedBy, Outcome, Purpose, VisitState
from smart4s_kiosk.services.check_in import ConsentTooQuick
from smart4s_kiosk.services.check_in_choices import PhoneReason, Presence, ThanksKind, WaitLine, WaitStage, Way
from smart4s_kiosk.services.check_in_views import (
    Accepted,
    AskConsent,
    AskFeedback,
    ChooseConsultant,
    ChoosePurpose,
    ChooseWay,
    ConfirmGuest,
    EnterCode,
    EnterPhone,
    EnterSurname,
    GuideFace,
    MyData,
    Thanks,
    Waiting,
)
from smart4s_kiosk.services.customers import NewCustomer
from smart4s_kiosk.services.face_check import FaceAnswer
from tests.builders import a_customer, a_member, an_appointment
from tests.fakes.documents import HEAD
from tests.showroom import Showroom

PHONE = "13800005678"


@pytest.fixture
def showroom() -> Showroom:
    room = Showroom()
    with room.storage.begin() as work:
        work.staff.add(a_member("王静"))
        work.staff.add(a_member("李明"))
    room.customers.register(NewCustomer(name="张伟", title=Title.MR, phone=PHONE, consultant_id=a_member("李明").id))
    return room


def test_four_equal_ways_and_three_when_the_camera_is_lost(showroom: Showroom) -> None:
    assert showroom.kiosk.begin().ways == tuple(Way)
    showroom.faces.is_lost = True
    page = showroom.kiosk.begin()
    assert page.ways == (Way.PHONE, Way.CODE, Way.ANONYMOUS)
    assert page.face_is_away
    assert showroom.kiosk.choose_way(page.visit_id, Way.FACE) == page


def test_a_face_is_asked_about_and_counts_only_after_the_tap(showroom: Showroom) -> None:
    kiosk, visit_id = showroom.kiosk, showroom.kiosk.begin().visit_id
    (customer,) = showroom.customers.by_phone(PHONE)
    showroom.faces.answer = FaceAnswer(customer.person_id, 96, is_sure=True)
    page = kiosk.choose_way(visit_id, Way.FACE)
    assert isinstance(page, AskConsent)
    with pytest.raises(ConsentTooQuick):
        kiosk.answer_consent(visit_id, agrees=True, is_14=True, version=page.version, shown_s=1.0)
    with pytest.raises(FaceNotUnder14):
        kiosk.answer_consent(visit_id, agrees=True, is_14=False, version=page.version, shown_s=5.0)
    assert showroom.faces.running is None
    guided = kiosk.answer_consent(visit_id, agrees=True, is_14=True, version=page.version, shown_s=5.0)
    assert isinstance(guided, GuideFace)
    confirm = kiosk.finish_face(visit_id)
    assert isinstance(confirm, ConfirmGuest)
    assert (confirm.guest.masked_name, confirm.likeness_percent) == ("张*", 96)
    assert showroom.visits.get(visit_id).state is VisitState.IDENTIFYING
    assert isinstance(kiosk.confirm_guest(visit_id, is_me=True), ChoosePurpose)
    visit = showroom.visits.get(visit_id)
    assert (visit.identified_by, visit.customer_id) == (IdentifiedBy.FACE, customer.id)
    assert showroom.faces.confirmed == [customer.person_id]
    with showroom.storage.look() as view:
        (consent,) = view.consents.of_visit(visit_id)
    assert consent.is_given
    assert consent.seconds_on_screen == 5


def test_declining_the_face_is_kept_and_not_asked_again(showroom: Showroom) -> None:
    visit_id = showroom.kiosk.begin().visit_id
    page = showroom.kiosk.choose_way(visit_id, Way.FACE)
    assert isinstance(page, AskConsent)
    ways = showroom.kiosk.answer_consent(visit_id, agrees=False, is_14=True, version=page.version, shown_s=4.0)
    assert isinstance(ways, ChooseWay)
    assert Way.FACE not in ways.ways
    with showroom.storage.look() as view:
        assert [c.is_given for c in view.consents.of_visit(visit_id)] == [False]


def test_the_consent_says_in_which_language_the_notice_was_read(showroom: Showroom) -> None:
    visit_id = showroom.kiosk.begin().visit_id
    page = showroom.kiosk.choose_way(visit_id, Way.FACE)
    assert isinstance(page, AskConsent)
    showroom.kiosk.answer_consent(visit_id, agrees=True, is_14=True, version=page.version, shown_s=4.0, language="en")
    with showroom.storage.look() as view:
        assert [c.language for c in view.consents.of_visit(visit_id)] == ["en"]


def test_an_unsure_face_goes_on_by_phone_without_a_word(showroom: Showroom) -> None:
    visit_id = showroom.kiosk.begin().visit_id
    page = showroom.kiosk.choose_way(visit_id, Way.FACE)
    assert isinstance(page, AskConsent)
    showroom.kiosk.answer_consent(visit_id, agrees=True, is_14=True, version=page.version, shown_s=4.0)
    answer = showroom.kiosk.finish_face(visit_id)
    assert isinstance(answer, EnterPhone)
    assert answer.reason is PhoneReason.FACE_UNSURE


@pytest.mark.parametrize("digits", ["5678", "9999", PHONE, "13900001111"])
def test_known_and_unknown_numbers_look_the_same(showroom: Showroom, digits: str) -> None:
    visit_id = showroom.kiosk.begin().visit_id
    showroom.kiosk.choose_way(visit_id, Way.PHONE)
    assert showroom.kiosk.enter_phone(visit_id, digits) == EnterSurname(visit_id)


def test_tail_and_surname_together_ask_for_the_tap(showroom: Showroom) -> None:
    visit_id = showroom.kiosk.begin().visit_id
    showroom.kiosk.choose_way(visit_id, Way.PHONE)
    showroom.kiosk.enter_phone(visit_id, "5678")
    confirm = showroom.kiosk.enter_surname(visit_id, "张", Title.MR)
    assert isinstance(confirm, ConfirmGuest)
    assert confirm.last_consultant == "李明"
    purposes = showroom.kiosk.confirm_guest(visit_id, is_me=True)
    assert isinstance(purposes, ChoosePurpose)
    chosen = showroom.kiosk.choose_purpose(visit_id, Purpose.TEST_DRIVE, people=2)
    assert isinstance(chosen, ChooseConsultant)
    assert chosen.own is not None
    assert chosen.own.name == "李明"
    assert [c.name for c in chosen.others] == ["王静"]


def test_five_wrong_tries_close_the_phone_and_tell_reception(showroom: Showroom) -> None:
    visit_id = showroom.kiosk.begin().visit_id
    showroom.kiosk.choose_way(visit_id, Way.PHONE)
    pages = []
    for _ in range(5):
        showroom.kiosk.enter_phone(visit_id, "5678")
        pages.append(showroom.kiosk.enter_surname(visit_id, "李", Title.NONE))
    assert [p.locked_minutes for p in pages if isinstance(p, EnterPhone)] == [0, 0, 0, 0, 6]
    locked = showroom.kiosk.enter_phone(visit_id, "5678")
    assert isinstance(locked, EnterPhone)
    assert locked.locked_minutes > 0
    assert "alarms" in {a.concept for a in showroom.storage.announced}
    showroom.clock.advance(minutes=5, seconds=1)
    assert isinstance(showroom.kiosk.enter_phone(visit_id, "5678"), EnterSurname)


def test_a_new_guest_gives_two_fields(showroom: Showroom) -> None:
    visit_id = showroom.kiosk.begin().visit_id
    showroom.kiosk.choose_way(visit_id, Way.PHONE)
    showroom.kiosk.enter_phone(visit_id, "139 0000 1111")
    page = showroom.kiosk.enter_surname(visit_id, "欧阳", Title.MS)
    assert isinstance(page, ChoosePurpose)
    (customer,) = showroom.customers.by_phone("13900001111")
    assert (customer.name, customer.title) == ("欧阳", Title.MS)
    assert b"13900001111" not in customer.phone_sealed


def test_an_invited_guest_finds_the_inviting_consultant(showroom: Showroom) -> None:
    with showroom.storage.begin() as work:
        work.appointments.add(an_appointment("ABC234", consultant_id=a_member("王静").id))
    visit_id = showroom.kiosk.begin().visit_id
    showroom.kiosk.choose_way(visit_id, Way.CODE)
    assert isinstance(showroom.kiosk.enter_code(visit_id, "WRONG9"), EnterCode)
    confirm = showroom.kiosk.enter_code(visit_id, "abc234")
    assert isinstance(confirm, ConfirmGuest)
    assert (confirm.guest.masked_name, confirm.last_consultant) == ("郑*", "王静")
    purposes = showroom.kiosk.confirm_guest(visit_id, is_me=True)
    assert isinstance(purposes, ChoosePurpose)
    assert purposes.expected is Purpose.TEST_DRIVE
    choose = showroom.kiosk.choose_purpose(visit_id, Purpose.TEST_DRIVE, people=1)
    assert isinstance(choose, ChooseConsultant)
    assert choose.own is not None
    assert choose.own.name == "王静"
    assert isinstance(showroom.kiosk.enter_code(visit_id, "ABC234"), EnterCode)


def test_an_expected_guest_is_found_by_tail_and_surname_and_never_by_the_tail_alone(showroom: Showroom) -> None:
    tail = showroom.fingerprints.phone_tail("9012")
    with showroom.storage.begin() as work:
        work.appointments.add(an_appointment("ABC234", consultant_id=a_member("王静").id, tail_fingerprint=tail))
    visit_id = showroom.kiosk.begin().visit_id
    showroom.kiosk.choose_way(visit_id, Way.PHONE)
    assert showroom.kiosk.enter_phone(visit_id, "9012") == EnterSurname(visit_id)
    assert isinstance(showroom.kiosk.enter_surname(visit_id, "王", Title.MR), EnterPhone)
    showroom.kiosk.enter_phone(visit_id, "9012")
    confirm = showroom.kiosk.enter_surname(visit_id, "郑", Title.MR)
    assert isinstance(confirm, ConfirmGuest)
    assert (confirm.guest.masked_name, confirm.last_consultant) == ("郑*", "王静")


def test_a_face_finds_the_appointment_and_the_inviting_consultant_before_the_own_one(showroom: Showroom) -> None:
    (customer,) = showroom.customers.by_phone(PHONE)
    with showroom.storage.begin() as work:
        work.appointments.add(
            an_appointment(
                "ABC234", consultant_id=a_member("王静").id, phone_fingerprint=customer.phone_fingerprint, name="张伟"
            )
        )
    showroom.faces.answer = FaceAnswer(customer.person_id, 96, is_sure=True)
    visit_id = showroom.kiosk.begin().visit_id
    page = showroom.kiosk.choose_way(visit_id, Way.FACE)
    assert isinstance(page, AskConsent)
    showroom.kiosk.answer_consent(visit_id, agrees=True, is_14=True, version=page.version, shown_s=5.0)
    showroom.kiosk.finish_face(visit_id)
    purposes = showroom.kiosk.confirm_guest(visit_id, is_me=True)
    assert isinstance(purposes, ChoosePurpose)
    assert purposes.expected is Purpose.TEST_DRIVE
    choose = showroom.kiosk.choose_purpose(visit_id, Purpose.TEST_DRIVE, people=1)
    assert isinstance(choose, ChooseConsultant)
    assert choose.own is not None
    assert choose.own.name == "王静"
    with showroom.storage.look() as view:
        appointment = view.appointments.by_code("ABC234")
    assert appointment is not None
    assert appointment.visit_id == visit_id


def test_an_appointments_code_held_to_the_camera_counts_like_a_typed_one(showroom: Showroom) -> None:
    with showroom.storage.begin() as work:
        work.appointments.add(an_appointment("ABC234", consultant_id=a_member("王静").id))
    visit_id = showroom.kiosk.begin().visit_id
    page = showroom.kiosk.choose_way(visit_id, Way.CODE)
    assert isinstance(page, EnterCode)
    assert page.camera_is_on
    assert showroom.kiosk.look_for_code(visit_id) is None
    showroom.codes.held = "https://pay.example/0123456789"
    assert showroom.kiosk.look_for_code(visit_id) is None
    showroom.codes.held = "https://chengye.example/a?code=ABC234"
    shown = showroom.kiosk.look_for_code(visit_id)
    assert isinstance(shown, ConfirmGuest)
    assert (shown.guest.masked_name, shown.last_consultant) == ("郑*", "王静")


def test_an_unknown_code_held_up_for_long_is_one_wrong_try(showroom: Showroom) -> None:
    visit_id = showroom.kiosk.begin().visit_id
    showroom.kiosk.choose_way(visit_id, Way.CODE)
    showroom.codes.held = "ZZZZ99"
    shown = showroom.kiosk.look_for_code(visit_id)
    assert isinstance(shown, EnterCode)
    assert shown.was_unknown
    assert [showroom.kiosk.look_for_code(visit_id) for _look in range(20)] == [None] * 20
    phone = showroom.kiosk.choose_way(visit_id, Way.PHONE)
    assert isinstance(phone, EnterPhone)
    assert phone.locked_minutes == 0


def test_an_anonymous_guest_who_looks_is_left_alone_but_seen(showroom: Showroom) -> None:
    visit_id = showroom.kiosk.begin().visit_id
    showroom.kiosk.choose_way(visit_id, Way.ANONYMOUS)
    page = showroom.kiosk.choose_purpose(visit_id, Purpose.LOOK, people=3)
    assert page == Thanks(visit_id, ThanksKind.LOOKING_AROUND, visit_code="A-001")
    visit = showroom.visits.get(visit_id)
    assert visit.is_open
    assert not visit.is_waiting
    showroom.tick(200)
    assert showroom.visits.get(visit_id).is_open


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


def an_own_guest(showroom: Showroom, *, people: int = 1) -> VisitId:
    """张伟 by phone, up to the consultants."""
    visit_id = showroom.kiosk.begin().visit_id
    showroom.kiosk.choose_way(visit_id, Way.PHONE)
    showroom.kiosk.enter_phone(visit_id, "5678")
    showroom.kiosk.enter_surname(visit_id, "张", Title.MR)
    showroom.kiosk.confirm_guest(visit_id, is_me=True)
    showroom.kiosk.choose_purpose(visit_id, Purpose.QUOTE, people=people)
    return visit_id


def set_duty(showroom: Showroom, name: str, duty: Duty) -> None:
    with showroom.storage.begin() as work:
        work.staff.put(work.staff.get(StaffId(name)).with_duty(duty, showroom.clock.now()))


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


def test_own_data_only_for_the_guest_who_confirmed_and_forgetting_is_final(showroom: Showroom) -> None:
    visit_id = showroom.kiosk.begin().visit_id
    showroom.kiosk.choose_way(visit_id, Way.PHONE)
    with pytest.raises(NotAllowed):
        showroom.kiosk.my_data(visit_id)
    showroom.kiosk.enter_phone(visit_id, "5678")
    showroom.kiosk.enter_surname(visit_id, "张", Title.MR)
    showroom.kiosk.confirm_guest(visit_id, is_me=True)
    data = showroom.kiosk.my_data(visit_id)
    assert isinstance(data, MyData)
    assert data.has_phone
    (customer,) = showroom.customers.by_phone(PHONE)
    thanks = showroom.kiosk.forget_me(visit_id)
    assert isinstance(thanks, Thanks)
    assert len(thanks.receipt) == 16
    assert not showroom.vault.known(customer.person_id)
    assert showroom.customers.get(customer.id).name == ""
    assert list(showroom.customers.by_phone(PHONE)) == []


def test_an_erasure_cut_short_by_a_power_cut_is_finished_at_the_next_start(showroom: Showroom) -> None:
    (customer,) = showroom.customers.by_phone(PHONE)
    with showroom.storage.begin() as work:
        work.customers.put(customer.erased(showroom.clock.now()))
    assert showroom.vault.known(customer.person_id)
    assert showroom.privacy.finish_erasures() == 1
    assert not showroom.vault.known(customer.person_id)
    assert showroom.privacy.finish_erasures() == 0


def test_a_slip_says_number_and_consultant_and_no_name_and_prints_once_a_minute(showroom: Showroom) -> None:
    visit_id = an_own_guest(showroom)
    showroom.kiosk.choose_consultant(visit_id, StaffId("王静"))
    waiting = showroom.kiosk.progress(visit_id)
    assert isinstance(waiting, Waiting)
    assert showroom.kiosk.shop().prints_slips
    for _press in range(2):
        printed = showroom.kiosk.print_slip(visit_id, lambda purpose: f"*{purpose.value}*", "en")
        assert printed == replace(waiting, slip_printed=True)
    assert len(showroom.printer.printed) == 1
    title, pdf = showroom.papers.made[0]
    paper = json.loads(pdf.removeprefix(HEAD))
    with showroom.storage.look() as view:
        visit = view.visits.get(visit_id)
    assert visit.display_name
    assert (title, paper["number"], paper["language"], paper["ahead"]) == ("ticket", visit.label, "en", None)
    assert waiting.person is not None
    assert paper["consultant"] == waiting.person.name
    assert visit.display_name[:1] not in json.dumps(paper, ensure_ascii=False)


def test_a_slip_printer_that_is_away_says_so_and_the_visit_goes_on(showroom: Showroom) -> None:
    visit_id = an_own_guest(showroom)
    showroom.kiosk.choose_consultant(visit_id, StaffId("王静"))
    showroom.printer.away = True
    with pytest.raises(Unavailable):
        showroom.kiosk.print_slip(visit_id, lambda purpose: purpose.value, "zh_CN")
    assert isinstance(showroom.kiosk.progress(visit_id), Waiting)
