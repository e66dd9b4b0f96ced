"""Reception's acts: check-in, matches, search, assigning, conflicts of two consoles, end of shift."""

from datetime import timedelta

import pytest

from smart4s_kiosk.domain.customers import PhoneNotComplete
from smart4s_kiosk.domain.errors import VersionConflict
from smart4s_kiosk.domain.foot_traffic import FloorCounts, hour_of
from smart4s_kiosk.domain.ids import StaffId, VisitId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.staff import Duty, RoleMayNot
from smart4s_kiosk.domain.visits import IdentifiedBy, MergeTooOld, Outcome, Purpose, VisitAlreadyAccepted, VisitState
from smart4s_kiosk.services.customers import NewCustomer
from smart4s_kiosk.services.desk import DeskCheckIn
from smart4s_kiosk.services.visits import MergeIntoClosed
from tests.builders import an_appointment
from tests.desk_showroom import SHEN, ZHOU, DeskShowroom

WANG, LI, HE = StaffId("王静"), StaffId("李明哲"), StaffId("何屿")


@pytest.fixture
def room() -> DeskShowroom:
    return DeskShowroom()


def check_in(room: DeskShowroom, typed: DeskCheckIn) -> VisitId:
    return room.desk.check_in(room.desk.new_visit_id(), typed, by=SHEN).id


def test_a_new_guest_is_registered_and_somebody_is_asked(room: DeskShowroom) -> None:
    typed = DeskCheckIn(name="冯女士", phone="13600136001", purpose=Purpose.QUOTE, party_size=3, source="referral")
    visit = room.visits.get(check_in(room, typed))
    assert (visit.state, visit.purpose, visit.party_size) == (VisitState.REQUESTED, Purpose.QUOTE, 3)
    assert visit.customer_id is not None
    customer = room.customers.get(visit.customer_id)
    assert (customer.name, customer.title, customer.source) == ("冯", Title.MS, "referral")


def test_the_same_form_sent_twice_is_one_visit(room: DeskShowroom) -> None:
    visit_id = room.desk.new_visit_id()
    first = room.desk.check_in(visit_id, DeskCheckIn(name="冯"), by=SHEN)
    second = room.desk.check_in(visit_id, DeskCheckIn(name="冯"), by=SHEN)
    assert first.label == second.label
    assert len(room.desk.open_visits()) == 1


def test_half_a_number_is_refused_before_a_visit_begins(room: DeskShowroom) -> None:
    with pytest.raises(PhoneNotComplete):
        check_in(room, DeskCheckIn(name="冯", phone="1390000"))
    assert list(room.desk.open_visits()) == []


def test_who_says_nothing_stays_anonymous_and_may_look_around(room: DeskShowroom) -> None:
    visit = room.visits.get(check_in(room, DeskCheckIn(wants_nobody=True)))
    assert (visit.identified_by, visit.is_waiting, visit.customer_id) == (IdentifiedBy.ANONYMOUS, False, None)


def test_a_match_by_number_comes_before_one_by_name_and_knows_its_appointment(room: DeskShowroom) -> None:
    known = room.customers.register(NewCustomer("冯小敏", Title.MS, "13900004417", consultant_id=HE))
    room.customers.register(NewCustomer("冯大海", Title.MR))
    with room.storage.begin() as work:
        work.appointments.add(an_appointment("CDE234", customer_id=known.id, purpose=Purpose.COLLECT))
    first, second = room.desk.matches(name="冯女士", phone="139 0000 4417")
    assert (first.customer_id, first.name, first.by_phone, first.consultant) == (known.id, "冯*", True, "何屿")
    assert first.appointment_purpose is Purpose.COLLECT
    assert (second.name, second.by_phone, second.appointment_id) == ("冯*", False, None)


def test_half_a_number_matches_nobody(room: DeskShowroom) -> None:
    room.customers.register(NewCustomer("冯小敏", Title.MS, "13900004417"))
    assert room.desk.matches(name="", phone="1390000") == ()


def test_search_gives_those_here_first_by_label_name_or_tail(room: DeskShowroom) -> None:
    visit_id = room.arrive("v1", "李婷", ask=WANG)
    room.customers.register(NewCustomer("李大为", Title.MR, "13700137002"))
    assert [f.visit_id for f in room.desk.find("a-001")] == [visit_id]
    assert [(f.name, f.visit_id) for f in room.desk.find("李")] == [("李*", visit_id), ("李*", None)]
    assert [f.title for f in room.desk.find("7002")] == [Title.MR]
    assert room.desk.find("  ") == ()


def test_an_expected_guest_goes_to_the_inviting_consultant_if_on_duty(room: DeskShowroom) -> None:
    with room.storage.begin() as work:
        for code, consultant in (("CDE234", HE), ("CDE235", LI)):
            work.appointments.add(an_appointment(code, consultant_id=consultant))
    room.staff.change_duty(LI, Duty.OFF)
    ids = [line.appointment_id for line in room.appointments.of_day()]
    with_he = room.desk.arrive(VisitId("v1"), ids[0], by=SHEN)
    assert with_he.consultant_id == HE
    assert room.desk.arrive(VisitId("v2"), ids[1], by=SHEN).consultant_id not in {None, LI}


def test_assigning_asks_and_later_hands_over(room: DeskShowroom) -> None:
    visit_id = room.arrive("v1", ask=WANG)
    assert room.desk.assign(visit_id, LI, by=SHEN).consultant_id == LI
    room.visits.accept(visit_id, LI)
    handed = room.desk.assign(visit_id, HE, by=SHEN)
    assert (handed.consultant_id, handed.state) == (HE, VisitState.ACCEPTED)


def test_a_consultant_may_not_assign(room: DeskShowroom) -> None:
    visit_id = room.arrive("v1", ask=WANG)
    with pytest.raises(RoleMayNot):
        room.desk.assign(visit_id, LI, by=WANG)


def test_two_consoles_on_one_visit_conflict_and_nothing_is_overwritten(room: DeskShowroom) -> None:
    visit_id = room.arrive("v1", "李婷", ask=WANG)
    seen = room.visits.get(visit_id).version
    room.desk.assign(visit_id, LI, by=ZHOU, seen=seen)
    other = room.arrive("v2")
    customer = room.customers.register(NewCustomer("冯", Title.MS))
    with pytest.raises(VersionConflict):
        room.desk.assign(visit_id, HE, by=SHEN, seen=seen)
    with pytest.raises(VersionConflict):
        room.desk.close(visit_id, Outcome.WALKED_AWAY, by=SHEN, seen=seen)
    with pytest.raises(VersionConflict):
        room.desk.merge(visit_id, other, by=SHEN, seen=seen)
    with pytest.raises(VersionConflict):
        room.desk.link(visit_id, customer.id, by=SHEN, seen=seen)
    assert room.visits.get(visit_id).consultant_id == LI


def test_what_the_clock_did_meanwhile_is_no_conflict(room: DeskShowroom) -> None:
    visit_id = room.arrive("v1", ask=WANG)
    seen = room.visits.get(visit_id).version
    room.tick(125)
    assert room.visits.get(visit_id).version > seen
    assert room.desk.assign(visit_id, HE, by=SHEN, seen=seen).consultant_id == HE


def test_reception_going_too_late_is_told_who_is_there(room: DeskShowroom) -> None:
    visit_id = room.arrive("v1", ask=WANG)
    room.visits.accept(visit_id, WANG)
    with pytest.raises(VisitAlreadyAccepted) as refused:
        room.desk.receive(visit_id, by=SHEN)
    assert refused.value.facts["by"] == WANG


def test_a_merge_is_undone_within_a_day_and_never_goes_into_a_closed_visit(room: DeskShowroom) -> None:
    one, two, closed = room.arrive("v1"), room.arrive("v2"), room.arrive("v3")
    room.desk.close(closed, Outcome.WALKED_AWAY, by=SHEN)
    with pytest.raises(MergeIntoClosed):
        room.desk.merge(one, closed, by=SHEN)
    with pytest.raises(MergeIntoClosed):
        room.desk.merge(one, one, by=SHEN)
    before = room.visits.get(two).state
    room.desk.merge(two, one, by=SHEN)
    assert room.desk.unmerge(two, by=SHEN).state is before
    room.desk.merge(two, one, by=SHEN)
    room.clock.advance(24 * 3600 + 1)
    with pytest.raises(MergeTooOld):
        room.desk.unmerge(two, by=SHEN)


def test_linking_names_the_visit_masked(room: DeskShowroom) -> None:
    visit_id = room.arrive("v1")
    customer = room.customers.register(NewCustomer("欧阳娜", Title.MS))
    linked = room.desk.link(visit_id, customer.id, by=SHEN)
    assert (linked.display_name, linked.customer_id) == ("欧阳*", customer.id)


def test_the_end_of_the_shift_closes_every_open_visit(room: DeskShowroom) -> None:
    for key in ("v1", "v2", "v3"):
        room.arrive(key)
    room.visits.accept(VisitId("v2"), room.visits.get(VisitId("v2")).consultant_id or WANG)
    assert room.desk.close_shift(by=SHEN) == 3
    assert list(room.desk.open_visits()) == []
    assert {room.visits.get(VisitId(k)).outcome for k in ("v1", "v2", "v3")} == {Outcome.STAFF_CLOSED}


def test_a_colleague_at_the_door_is_taken_out_of_the_hour_of_the_last_arrival(room: DeskShowroom) -> None:
    assert not room.desk.met_colleague(by=SHEN)
    hour = hour_of(room.clock.now())
    with room.storage.begin() as work:
        work.foot_traffic.add(FloorCounts("door", hour - timedelta(hours=1), came_in=3))
        work.foot_traffic.add(FloorCounts("door", hour, came_in=1, went_out=1))
    assert room.desk.met_colleague(by=SHEN)
    assert room.desk.met_colleague(by=SHEN)
    with room.storage.look() as view:
        totals = view.foot_traffic.totals(hour - timedelta(hours=2), hour + timedelta(hours=1))
        last = view.audit.between(room.clock.now(), room.clock.now() + timedelta(seconds=1))[-1]
    assert {(c.camera, c.hour, c.came_in) for c in totals if c.camera == "colleagues"} == {
        ("colleagues", hour, -1),
        ("colleagues", hour - timedelta(hours=1), -1),
    }
    assert (last.act, last.staff_id) == ("floor.colleague", SHEN)
    with pytest.raises(RoleMayNot):
        room.desk.met_colleague(by=WANG)
