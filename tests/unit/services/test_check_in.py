"""A guest at the kiosk: equal ways, consent before the face, a tap before anything, and no name from a tail alone."""

import pytest

from smart4s_kiosk.domain.faces import FaceNotUnder14
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.visits import IdentifiedBy, Purpose, VisitState
from smart4s_kiosk.services.check_in import ConsentTooQuick
from smart4s_kiosk.services.check_in_choices import PhoneReason, ThanksKind, Way
from smart4s_kiosk.services.check_in_views import (
    AskConsent,
    ChooseConsultant,
    ChoosePurpose,
    ChooseWay,
    ConfirmGuest,
    EnterCode,
    EnterPhone,
    EnterSurname,
    GuideFace,
    Thanks,
)
from smart4s_kiosk.services.face_check import FaceAnswer
from tests.builders import a_member, an_appointment
from tests.showroom import Showroom
from tests.unit.services.check_in_room import PHONE, a_check_in_room


@pytest.fixture
def showroom() -> Showroom:
    return a_check_in_room()


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
