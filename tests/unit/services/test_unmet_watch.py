"""Counted at the door and met by nobody: one alarm for each group, none for staff who open up, none in closed hours."""

from datetime import time, timedelta

import pytest

from smart4s_kiosk.domain.business_settings import OpeningHours
from smart4s_kiosk.domain.foot_traffic import DOOR_EVERY, FloorCounts, hour_of
from smart4s_kiosk.domain.ids import StaffId, TerminalId, VisitId
from smart4s_kiosk.domain.visits import IdentifiedBy, Outcome, Purpose
from smart4s_kiosk.services.board import BoardReader
from smart4s_kiosk.services.unmet_watch import ACT, LOOK_EVERY_S, EnteredUnmet, UnmetAlarm, UnmetWatch
from smart4s_kiosk.services.visits import Arrival
from tests.builders import open_all_week
from tests.fakes.clock import FIRST_MORNING
from tests.showroom import Showroom

SECOND = timedelta(seconds=1)
SHEN = StaffId("沈佳")


class Door:
    """A showroom with a counted door."""

    def __init__(self) -> None:
        self.room = Showroom()
        self.unmet = EnteredUnmet(storage=self.room.storage, clock=self.room.clock, has_door=True)
        self.restart()

    def restart(self) -> None:
        self.watch = UnmetWatch(
            storage=self.room.storage, clock=self.room.clock, unmet=self.unmet, terminal_id=TerminalId("floor-1")
        )

    def passes(self, *, came: int = 0, left: int = 0) -> None:
        with self.room.storage.begin() as work:
            work.foot_traffic.add(FloorCounts("floor", hour_of(self.room.clock.now()), came_in=came, went_out=left))

    def rings_within(self, seconds: int) -> int:
        """How often the alarm rings in that time."""
        rang = 0
        for _ in range(seconds // 5):
            self.room.clock.advance(5)
            rang += self.watch.advance()
        return rang

    def on_board(self) -> UnmetAlarm | None:
        return BoardReader(storage=self.room.storage, clock=self.room.clock, unmet=self.unmet.read).read().unmet_alarm

    def check_in(self, people: int) -> None:
        visit_id = VisitId(f"v{people}")
        self.room.visits.begin(visit_id=visit_id, party_size=people)
        self.room.visits.identify(visit_id, Arrival(IdentifiedBy.ANONYMOUS))
        self.room.visits.state_purpose(visit_id, Purpose.LOOK, party_size=people)


@pytest.fixture
def door() -> Door:
    return Door()


def test_a_group_that_nobody_meets_for_two_minutes_rings_once(door: Door) -> None:
    door.passes(came=3)
    assert door.rings_within(115) == 0
    assert door.rings_within(15) == 1
    assert door.rings_within(3600) == 0
    alarm = door.on_board()
    assert alarm is not None
    assert alarm.number == 1
    with door.room.storage.look() as view:
        lines = [one for one in view.audit.between(FIRST_MORNING, door.room.clock.now() + SECOND) if one.act == ACT]
    assert [(one.rows, one.staff_id) for one in lines] == [(3, None)]


def test_the_alarm_comes_within_five_seconds_of_the_limit(door: Door) -> None:
    door.room.clock.advance(1.3)
    door.passes(came=1)
    stood = 0.0
    while not door.watch.advance():
        door.room.clock.advance(LOOK_EVERY_S)
        stood += LOOK_EVERY_S
    assert 120 <= stood <= 125 - DOOR_EVERY.total_seconds()


def test_who_leaves_just_before_the_limit_rings_nothing(door: Door) -> None:
    door.passes(came=1)
    assert door.rings_within(115) == 0
    door.passes(left=1)
    assert door.rings_within(600) == 0


def test_a_check_in_within_two_minutes_rings_nothing(door: Door) -> None:
    door.passes(came=2)
    assert door.rings_within(60) == 0
    door.check_in(2)
    assert door.rings_within(600) == 0
    assert door.on_board() is None


def test_the_alarm_ends_when_they_are_met_and_a_later_group_rings_anew(door: Door) -> None:
    door.passes(came=2)
    assert door.rings_within(130) == 1
    door.check_in(2)
    assert door.rings_within(10) == 0
    assert door.on_board() is None
    door.passes(came=1)
    assert door.rings_within(300) == 1
    alarm = door.on_board()
    assert alarm is not None
    assert alarm.number == 2


def test_more_people_unmet_are_another_group(door: Door) -> None:
    door.passes(came=2)
    assert door.rings_within(130) == 1
    door.passes(came=2)
    assert door.rings_within(115) == 0
    assert door.rings_within(600) == 1


def test_closed_hours_are_quiet_and_staff_who_open_up_ring_nothing(door: Door) -> None:
    with door.room.storage.begin() as work:
        hours = OpeningHours(time(0, 0), time(0, 1))
        work.settings.put(open_all_week(opening=(hours,) * 7), by=None, at=door.room.clock.now())
    door.passes(came=6)
    assert door.rings_within(600) == 0
    with door.room.storage.begin() as work:
        work.settings.put(open_all_week(), by=None, at=door.room.clock.now())
    assert door.rings_within(600) == 0
    door.passes(came=1)
    assert door.rings_within(600) == 1


def test_a_guest_who_was_served_and_stays_a_while_rings_nothing(door: Door) -> None:
    door.passes(came=2)
    door.check_in(2)
    assert door.rings_within(300) == 0
    door.room.visits.close(VisitId("v2"), Outcome.SERVED, by=SHEN)
    assert door.rings_within(900) == 0
    door.passes(came=1)
    assert door.rings_within(115) == 0
    assert door.rings_within(10) == 1, "somebody new among them"
    door.check_in(1)
    door.passes(left=2)
    assert door.rings_within(600) == 0
    door.passes(came=1)
    assert door.rings_within(130) == 1


def test_who_left_before_the_visit_was_closed_excuses_nobody_else(door: Door) -> None:
    door.passes(came=2)
    door.check_in(2)
    door.passes(left=2)
    assert door.rings_within(60) == 0
    door.room.visits.close(VisitId("v2"), Outcome.SERVED, by=SHEN)
    assert door.rings_within(5) == 0
    door.passes(came=2)
    assert door.rings_within(130) == 1


def test_who_gave_up_at_the_kiosk_and_stands_there_is_still_unmet(door: Door) -> None:
    door.passes(came=1)
    door.room.visits.begin(visit_id=VisitId("v"), party_size=1)
    assert door.rings_within(90) == 0
    door.room.tick(5)  # the kiosk's visit ends by itself
    assert not door.room.visits.get(VisitId("v")).is_open
    assert door.rings_within(130) == 1


def test_a_restart_does_not_end_the_alarm(door: Door) -> None:
    door.passes(came=2)
    assert door.rings_within(130) == 1
    door.restart()
    assert door.on_board() is not None
