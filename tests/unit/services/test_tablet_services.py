"""The tablet's day and test drive on fakes: steps follow from what is stored, rules from the services."""

from dataclasses import replace

import pytest

from smart4s_kiosk.domain.agreements import AgreementState, ClauseRead, RideKind
from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.keys import KeyPlace
from smart4s_kiosk.domain.licence_rules import Outcome
from smart4s_kiosk.domain.staff import WrongPin
from smart4s_kiosk.services.tablet_drives import ConsentTooFast
from smart4s_kiosk.services.tablet_views import DriveStep
from smart4s_kiosk.services.test_drives import ClausesNotRead, MileageWentBack
from tests.builders_documents import a_signature
from tests.fakes.documents import FakeDocuments
from tests.tablet_room import CAR, PIN, TabletRoom
from tests.unit.services.tablet_walk import FINE, begun, checked, read_clauses, read_licence


def test_a_whole_drive_walks_every_step_and_gives_the_key_back() -> None:
    room = TabletRoom()
    room.learn()
    drives = room.tablet.drives
    sheet = begun(room)
    steps = [sheet.step]
    steps.append(drives.answer_consent(sheet.agreement_id, agrees=True, shown_s=4, language="zh_CN").step)
    read_licence(room, sheet)
    steps.append(drives.sheet(sheet.agreement_id).step)
    assert drives.judge(sheet.agreement_id, FINE).decision.outcome is Outcome.ALLOW
    steps.append(drives.confirm_licence(sheet.agreement_id, FINE, verdict_words=("可以试驾",)).step)
    assert not room.tablet.scans.has_sheet(sheet.agreement_id), "pictures and fields are gone once confirmed"
    steps.append(read_clauses(room, sheet.agreement_id).step)
    steps.append(drives.sign(sheet.agreement_id, a_signature(3)).step)
    steps.append(drives.sign(sheet.agreement_id, a_signature(5)).step)
    steps.append(drives.seal(sheet.agreement_id, "zh_CN").step)
    assert drives.sealed_view(sheet.agreement_id, 400).code
    steps.append(drives.hand_out_key(sheet.agreement_id, by=room.wang.id).step)
    steps.append(drives.take_back(sheet.agreement_id, mileage_km=2219, damage="划痕").step)
    steps.append(drives.close(sheet.agreement_id, (5, 4, 5)).step)
    assert steps == [s for s in DriveStep if s is not DriveStep.NAME]
    with room.storage.look() as view:
        assert view.keys.of_car(CAR)[0].place is KeyPlace.IN
        assert view.vehicles.get(CAR).mileage_km == 2219
        notes = [f.note for f in view.feedback.between(sheet.created_at, room.clock.advance(60))]
        assert notes == ["test_drive drive=5 comfort=4 wish=5"]


def test_a_crash_comes_back_to_the_last_finished_step() -> None:
    room = TabletRoom()
    room.learn()
    sheet = checked(room)
    read_clauses(room, sheet.agreement_id)
    room.tablet.drives.sign(sheet.agreement_id, a_signature(3))
    after = replace(room.tablet.drives.sheet(sheet.agreement_id))
    assert after.step is DriveStep.SIGN_STAFF
    assert [d.agreement_id for d in room.tablet.drives.todays(room.wang.id) if d.is_open] == [sheet.agreement_id]
    assert room.tablet.day.today(room.wang.id).mine[0].agreement_id == sheet.agreement_id


def test_declining_the_photograph_ends_on_the_same_drive_by_hand() -> None:
    room = TabletRoom()
    sheet = begun(room)
    after = room.tablet.drives.answer_consent(sheet.agreement_id, agrees=False, shown_s=4, language="en")
    assert after.step is DriveStep.CHECK
    assert after.was_declined
    assert room.tablet.drives.licence(sheet.agreement_id).is_typed
    room.tablet.scans.forget(sheet.agreement_id)
    assert room.tablet.drives.sheet(sheet.agreement_id).step is DriveStep.CHECK, "no camera after a restart either"
    assert room.tablet.drives.licence(sheet.agreement_id).is_typed
    with room.storage.look() as view:
        (consent,) = view.consents.of_visit(sheet.visit_id)
        assert (consent.is_given, consent.language) == (False, "en")


def test_an_answer_faster_than_reading_is_refused() -> None:
    room = TabletRoom()
    sheet = begun(room)
    with pytest.raises(ConsentTooFast):
        room.tablet.drives.answer_consent(sheet.agreement_id, agrees=True, shown_s=1.5, language="zh_CN")


def test_the_second_driver_of_a_visit_is_asked_anew() -> None:
    room = TabletRoom()
    room.learn()
    first = checked(room)
    room.clock.advance(60)
    drives = room.tablet.drives
    second = drives.begin(
        drives.choices(first.visit_id), car_id=room.manual.id, route="", kind=RideKind.DRIVE, by=room.wang.id
    )
    assert second.step is DriveStep.CONSENT


def test_a_nameless_passenger_is_asked_for_a_name() -> None:
    room = TabletRoom()
    sheet = begun(room, kind=RideKind.PASSENGER, known=False)
    assert sheet.step is DriveStep.NAME
    assert room.tablet.drives.ride_along(sheet.agreement_id, name="赵").step is DriveStep.READ


def test_clauses_passed_too_fast_and_mileage_backwards_are_refused() -> None:
    room = TabletRoom()
    room.learn()
    sheet = checked(room)
    now = room.clock.now()
    fast = tuple(
        ClauseRead(c.code, now, now) for c in room.tablet.drives.clauses(sheet.agreement_id, "zh_CN").important
    )
    with pytest.raises(ClausesNotRead):
        room.tablet.drives.finish_reading(sheet.agreement_id, fast, "zh_CN")
    read_clauses(room, sheet.agreement_id)
    for seed in (3, 5):
        room.tablet.drives.sign(sheet.agreement_id, a_signature(seed))
    room.tablet.drives.seal(sheet.agreement_id, "zh_CN")
    room.tablet.drives.hand_out_key(sheet.agreement_id, by=room.wang.id)
    with pytest.raises(MileageWentBack):
        room.tablet.drives.take_back(sheet.agreement_id, mileage_km=2000, damage="")


class PaperJam(RuleBroken):
    """The paper cannot be drawn."""

    code = "test.jam"


class JammedDocuments(FakeDocuments):
    """Fails until told otherwise."""

    is_jammed = True

    def agreement(self, paper: object) -> bytes:
        if self.is_jammed:
            raise PaperJam
        return super().agreement(paper)  # type: ignore[arg-type] # passed on as it came


def test_without_a_seal_there_is_no_key_and_sealing_again_keeps_the_signatures() -> None:
    papers = JammedDocuments()
    room = TabletRoom(papers=papers)
    room.learn()
    sheet = checked(room)
    read_clauses(room, sheet.agreement_id)
    for seed in (3, 5):
        room.tablet.drives.sign(sheet.agreement_id, a_signature(seed))
    with pytest.raises(PaperJam):
        room.tablet.drives.seal(sheet.agreement_id, "zh_CN")
    assert room.tablet.drives.sheet(sheet.agreement_id).step is DriveStep.SEAL
    with pytest.raises(RuleBroken):
        room.tablet.drives.hand_out_key(sheet.agreement_id, by=room.wang.id)
    papers.is_jammed = False
    sealed = room.tablet.drives.seal(sheet.agreement_id, "zh_CN")
    assert sealed.state is AgreementState.SEALED
    assert room.tablet.drives.seal(sheet.agreement_id, "zh_CN").seal_hash == sealed.seal_hash


def test_giving_up_frees_the_key_and_forgets_the_licence() -> None:
    room = TabletRoom()
    room.learn()
    sheet = begun(room)
    room.tablet.drives.answer_consent(sheet.agreement_id, agrees=True, shown_s=4, language="zh_CN")
    read_licence(room, sheet)
    after = room.tablet.drives.give_up(sheet.agreement_id, reason="客人不同意某一条款")
    assert (after.step, after.void_reason) == (DriveStep.OVER, "客人不同意某一条款")
    assert not room.tablet.scans.has_sheet(sheet.agreement_id)
    assert room.tablet.drives.choices(sheet.visit_id).cars[0].is_free


def test_today_shows_my_waiting_guest_first_and_everybody_the_queue() -> None:
    room = TabletRoom()
    room.guest("v1")
    with room.storage.begin() as work:
        work.staff.put(replace(work.staff.get(room.li.id), version=2, duty=room.li.duty.OFF))
    room.guest("v2", known=False)
    today = room.tablet.day.today(room.wang.id)
    assert [w.visit_id for w in today.waiting] == ["v1", "v2"]
    assert today.waiting[0].name == "张*"
    assert today.waiting[0].next_at is not None
    assert len(today.expected) == 1
    room.tablet.guests.accept(today.waiting[0].visit_id, room.wang.id)
    assert [g.visit_id for g in room.tablet.day.today(room.wang.id).mine] == ["v1"]


def test_signing_in_needs_the_own_pin() -> None:
    room = TabletRoom()
    assert [p.name for p in room.tablet.day.people()][-1] == "周启明", "consultants first"
    assert room.tablet.day.sign_in(room.wang.id, PIN).name == "王静"
    with pytest.raises(WrongPin):
        room.tablet.day.sign_in(room.wang.id, "111112")


def test_customers_are_masked_and_found_by_name() -> None:
    room = TabletRoom()
    (line,) = room.tablet.guests.find("", room.wang.id)
    assert line.name == "张*"
    assert room.tablet.guests.find("李", room.wang.id) == ()
