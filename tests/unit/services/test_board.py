"""The board: one moment of the showroom, ready to show, names masked."""

from datetime import timedelta

from smart4s_kiosk.domain.foot_traffic import FloorCounts, hour_of
from smart4s_kiosk.domain.ids import AgreementId, VisitId
from smart4s_kiosk.domain.visits import Alarm, IdentifiedBy, Outcome, Purpose, VisitState
from smart4s_kiosk.services.board import BoardReader
from smart4s_kiosk.services.board_views import DeskAct, Standing
from smart4s_kiosk.services.unmet_watch import EnteredUnmet
from smart4s_kiosk.services.visits import Arrival
from tests.builders import a_customer, a_key, a_member, an_appointment
from tests.showroom import Showroom

WANG = a_member("王静").id


def a_room() -> Showroom:
    room = Showroom()
    with room.storage.begin() as work:
        work.staff.add(a_member("王静"))
        work.customers.add(a_customer("欧阳娜娜", visits=3))
        work.appointments.add(an_appointment("ABC234", consultant_id=WANG))
        work.keys.add(a_key().reserve(AgreementId("x"), at=room.clock.now()))
    return room


def begin(room: Showroom, key: str, *, customer: bool = False, ask: bool = True) -> VisitId:
    visit_id = VisitId(key)
    room.visits.begin(visit_id=visit_id, place="B1")
    chosen = a_customer("欧阳娜娜") if customer else None
    arrival = Arrival(
        IdentifiedBy.PHONE if chosen else IdentifiedBy.ANONYMOUS,
        customer_id=chosen.id if chosen else None,
        display_name="欧阳*" if chosen else "",
    )
    room.visits.identify(visit_id, arrival)
    room.visits.state_purpose(visit_id, Purpose.LOOK, party_size=2)
    if ask:
        room.visits.ask(visit_id, WANG)
    return visit_id


def test_a_waiting_visit_stands_in_the_first_column_with_its_acts() -> None:
    room = a_room()
    begin(room, "v1", customer=True)
    room.clock.advance(30)
    board = BoardReader(storage=room.storage, clock=room.clock).read()
    (card,) = board.waiting
    assert (card.name, card.label, card.consultant, card.standing) == ("欧阳*", "A-001", "王静", Standing.NOTIFIED)
    assert card.is_returning
    assert card.acts == (DeskAct.RECEIVE, DeskAct.ASSIGN, DeskAct.LINK, DeskAct.MERGE, DeskAct.CLOSE)
    assert board.now - card.since == timedelta(seconds=30)
    assert (board.figures.in_shop, board.figures.waiting, board.figures.entered_unmet) == (2, 1, None)


def test_the_strip_names_the_longest_alarm() -> None:
    room = a_room()
    first = begin(room, "v1")
    begin(room, "v2")
    room.tick(125)
    board = BoardReader(storage=room.storage, clock=room.clock).read()
    assert board.alarmed is not None
    assert board.alarmed.visit_id == first
    assert board.alarmed.alarm is Alarm.RECEPTION


def test_who_left_stands_newest_first_and_keys_show_where_they_are() -> None:
    room = a_room()
    for key in ("v1", "v2"):
        visit_id = begin(room, key)
        room.visits.accept(visit_id, WANG)
        room.clock.advance(60)
        room.visits.close(visit_id, Outcome.SERVED, by=WANG)
    board = BoardReader(storage=room.storage, clock=room.clock).read()
    assert [c.state for c in board.left] == [VisitState.LEFT, VisitState.LEFT]
    assert board.left_count == 2
    assert [(k.label, k.place.value) for k in board.keys] == [("示A", "reserved")]
    assert [e.name for e in board.expected] == ["郑*"]


def test_who_came_in_and_was_not_met_is_counted_beside_the_board() -> None:
    room = a_room()
    begin(room, "v1")
    with room.storage.begin() as work:
        work.foot_traffic.add(FloorCounts("floor", hour_of(room.clock.now()), came_in=5, went_out=1))
    unmet = EnteredUnmet(storage=room.storage, clock=room.clock, has_door=False)
    board = BoardReader(storage=room.storage, clock=room.clock, unmet=unmet.read).read()
    assert board.figures.entered_unmet == 2


def test_a_door_that_nobody_counts_is_not_the_same_as_nobody() -> None:
    room = a_room()
    assert EnteredUnmet(storage=room.storage, clock=room.clock, has_door=False).read() is None
    assert EnteredUnmet(storage=room.storage, clock=room.clock, has_door=True).read() == 0
