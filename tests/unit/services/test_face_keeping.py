"""Keeping a face for the next check-in: a question of its own after the check-in, and nothing without a yes."""

import pytest

from smart4s_kiosk.domain.consents import Consent, ConsentKind
from smart4s_kiosk.domain.faces import FaceNotUnder14
from smart4s_kiosk.domain.ids import CustomerId, VisitId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.visits import Outcome, Purpose
from smart4s_kiosk.services.check_in import ConsentTooQuick
from smart4s_kiosk.services.check_in_choices import Way
from smart4s_kiosk.services.check_in_views import AskConsent, FaceKept, GuideFace, MyData, Screen, Waiting
from smart4s_kiosk.services.customers import NewCustomer
from smart4s_kiosk.services.face_keeping import QUIET
from tests.builders import a_member
from tests.showroom import Showroom

PHONE = "13800005678"


@pytest.fixture
def showroom() -> Showroom:
    room = Showroom()
    with room.storage.begin() as work:
        work.staff.add(a_member("王静"))
    room.customers.register(NewCustomer(name="张伟", title=Title.MR, phone=PHONE))
    return room


def customer_of(showroom: Showroom) -> CustomerId:
    return showroom.customers.by_phone(PHONE)[0].id


def checked_in(showroom: Showroom) -> tuple[VisitId, Screen]:
    """By phone, to the chosen consultant."""
    kiosk, visit_id = showroom.kiosk, showroom.kiosk.begin().visit_id
    kiosk.choose_way(visit_id, Way.PHONE)
    kiosk.enter_phone(visit_id, PHONE[-4:])
    kiosk.enter_surname(visit_id, "张", Title.MR)
    kiosk.confirm_guest(visit_id, is_me=True)
    kiosk.choose_purpose(visit_id, Purpose.SERVICE, people=1)
    return visit_id, kiosk.choose_consultant(visit_id, a_member("王静").id)


def answer(showroom: Showroom, visit_id: VisitId, *, agrees: bool, is_14: bool = True, shown_s: float = 5.0) -> Screen:
    page = showroom.kiosk._parts.keeping.page(visit_id)
    return showroom.kiosk.answer_consent(visit_id, agrees=agrees, is_14=is_14, version=page.version, shown_s=shown_s)


def end(showroom: Showroom, visit_id: VisitId) -> None:
    showroom.kiosk.leave(visit_id)
    with showroom.storage.begin() as work:
        showroom.visits.close_within(work, work.visits.get(visit_id), Outcome.SERVED, by=None)


def consents(showroom: Showroom) -> list[Consent]:
    customer_id = customer_of(showroom)
    with showroom.storage.look() as view:
        return list(view.consents.of_customer(customer_id))


def test_a_guest_found_by_phone_is_asked_after_the_consultant_was(showroom: Showroom) -> None:
    visit_id, page = checked_in(showroom)
    assert isinstance(page, AskConsent)
    assert page.enrols
    assert isinstance(showroom.kiosk.progress(visit_id), Waiting), "the consultant is asked already"
    assert showroom.faces.running is None
    assert consents(showroom) == []


def test_a_yes_looks_keeps_and_says_until_when(showroom: Showroom) -> None:
    visit_id, _page = checked_in(showroom)
    guided = answer(showroom, visit_id, agrees=True)
    assert guided == GuideFace(visit_id, enrols=True)
    done = showroom.kiosk.finish_face(visit_id)
    assert isinstance(done, FaceKept)
    assert done.is_kept
    (consent,) = consents(showroom)
    assert (consent.kind, consent.is_given) == (ConsentKind.FACE_KEEPING, True)
    assert list(showroom.faces.kept.values()) == [consent.id]
    assert showroom.faces.running is None
    assert showroom.privacy.kept_about(customer_of(showroom)).face_since is not None


def test_a_no_is_kept_stores_nothing_and_rests_for_a_month(showroom: Showroom) -> None:
    visit_id, _page = checked_in(showroom)
    assert isinstance(answer(showroom, visit_id, agrees=False, is_14=False), Waiting)
    assert showroom.faces.kept == {}
    assert [c.is_given for c in consents(showroom)] == [False]
    end(showroom, visit_id)
    again, page = checked_in(showroom)
    assert isinstance(page, Waiting)
    end(showroom, again)
    showroom.clock.advance(QUIET.total_seconds() + 60)
    assert isinstance(checked_in(showroom)[1], AskConsent)


def test_too_quick_or_too_young_keeps_nothing(showroom: Showroom) -> None:
    visit_id, _page = checked_in(showroom)
    with pytest.raises(ConsentTooQuick):
        answer(showroom, visit_id, agrees=True, shown_s=1.0)
    with pytest.raises(FaceNotUnder14):
        answer(showroom, visit_id, agrees=True, is_14=False)
    assert consents(showroom) == []
    assert showroom.faces.running is None


@pytest.mark.parametrize("way_out", ["too little seen", "another way", "walked away"])
def test_a_look_that_leads_to_nothing_takes_the_consent_back(showroom: Showroom, way_out: str) -> None:
    visit_id, _page = checked_in(showroom)
    answer(showroom, visit_id, agrees=True)
    showroom.faces.sees_enough = False
    if way_out == "too little seen":
        assert showroom.kiosk.finish_face(visit_id) == FaceKept(visit_id, is_kept=False)
    elif way_out == "another way":
        assert isinstance(showroom.kiosk.stop_face(visit_id), Waiting)
    else:
        showroom.kiosk.leave(visit_id)
    (consent,) = consents(showroom)
    assert consent.withdrawn_at is not None
    assert showroom.faces.kept == {}
    assert showroom.faces.running is None


def test_a_lost_camera_or_faces_switched_off_ask_nothing(showroom: Showroom) -> None:
    showroom.faces.is_lost = True
    assert isinstance(checked_in(showroom)[1], Waiting)


def test_the_guest_takes_the_face_back_and_keeps_the_rest(showroom: Showroom) -> None:
    visit_id, _page = checked_in(showroom)
    answer(showroom, visit_id, agrees=True)
    showroom.kiosk.finish_face(visit_id)
    shown = showroom.kiosk.withdraw_face(visit_id)
    assert isinstance(shown, MyData)
    assert shown.face_since is None
    assert shown.has_phone
    assert showroom.faces.kept == {}
    assert all(c.withdrawn_at is not None for c in consents(showroom))
