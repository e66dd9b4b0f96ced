"""The key cabinet: errands of colleagues, never a key of a test drive."""

from datetime import timedelta

import pytest

from smart4s_kiosk.domain.ids import AgreementId, KeyId, StaffId
from smart4s_kiosk.domain.keys import KeyNotIn, KeyNotOut, KeyPlace, KeyReservedForAnother
from smart4s_kiosk.domain.staff import Duty, NotOnDuty, RoleMayNot
from smart4s_kiosk.services.colleagues import Colleagues
from tests.desk_showroom import SHEN, DeskShowroom
from tests.showroom import no_photo

ONE, TWO = KeyId("key-1"), KeyId("key-2")
WANG = StaffId("王静")


@pytest.fixture
def room() -> DeskShowroom:
    return DeskShowroom()


def test_a_key_goes_out_is_overdue_and_comes_back(room: DeskShowroom) -> None:
    room.keys.hand_out(ONE, WANG, by=SHEN)
    out = room.keys.board()[0]
    assert (out.label, out.holder, out.place, out.is_overdue) == ("示A·1", "王静", KeyPlace.OUT, False)
    room.clock.advance(31 * 60)
    assert room.keys.board()[0].is_overdue
    room.keys.take_back(ONE, by=SHEN)
    assert {row.place for row in room.keys.board()} == {KeyPlace.IN}
    with room.storage.look() as view:
        acts = [
            line.act
            for line in view.audit.between(room.clock.now() - timedelta(hours=1), room.clock.now() + timedelta(1))
        ]
    assert acts == ["key.handed_out", "key.taken_back"]


def test_a_key_that_is_out_cannot_go_out_and_one_inside_cannot_come_back(room: DeskShowroom) -> None:
    room.keys.hand_out(ONE, WANG, by=SHEN)
    with pytest.raises(KeyNotIn):
        room.keys.hand_out(ONE, StaffId("何屿"), by=SHEN)
    with pytest.raises(KeyNotOut):
        room.keys.take_back(TWO, by=SHEN)


def test_a_key_of_a_test_drive_moves_with_its_agreement_only(room: DeskShowroom) -> None:
    with room.storage.begin() as work:
        reserved = work.keys.get(ONE).reserve(AgreementId("a1"), at=room.clock.now())
        work.keys.put(reserved)
    with pytest.raises(KeyReservedForAnother):
        room.keys.hand_out(ONE, WANG, by=SHEN)
    with room.storage.begin() as work:
        due = room.clock.now() + timedelta(minutes=30)
        key = work.keys.get(ONE)
        work.keys.put(key.hand_out(WANG, agreement_id=AgreementId("a1"), due_at=due, at=room.clock.now()))
    with pytest.raises(KeyReservedForAnother):
        room.keys.take_back(ONE, by=SHEN)
    assert room.keys.board()[0].is_for_drive


def test_a_lost_key_that_is_found_comes_back(room: DeskShowroom) -> None:
    room.keys.report_lost(ONE, by=SHEN)
    assert room.keys.board()[0].place is KeyPlace.LOST
    assert room.keys.take_back(ONE, by=SHEN).place is KeyPlace.IN


def test_only_reception_moves_keys_and_only_to_those_at_work(room: DeskShowroom) -> None:
    with pytest.raises(RoleMayNot):
        room.keys.hand_out(ONE, WANG, by=WANG)
    room.staff.change_duty(WANG, Duty.OFF)
    with pytest.raises(NotOnDuty):
        room.keys.hand_out(ONE, WANG, by=SHEN)


def test_colleagues_are_listed_free_first_with_what_they_did_today(room: DeskShowroom) -> None:
    visit_id = room.arrive("v1", ask=WANG)
    room.visits.accept(visit_id, WANG)
    room.staff.change_duty(StaffId("何屿"), Duty.OFF)
    listed = Colleagues(storage=room.storage, clock=room.clock, photo=no_photo)
    wang = next(c for c in listed.all() if c.staff_id == WANG)
    assert (wang.received_today, wang.presence.value, wang.may_assign) == (1, "busy", False)
    names = [c.name for c in listed.consultants()]
    assert names[-1] == "王静"
    assert "何屿" not in names
