"""A press on a card does what the same press on the tablet does."""

import pytest

from smart4s_kiosk.domain.commands import AcceptVisit, PassVisit, PostponeVisit, ReportUndelivered
from smart4s_kiosk.domain.ids import MessageId, VisitId
from smart4s_kiosk.domain.visits import IdentifiedBy, Purpose, VisitAlreadyAccepted, VisitState
from smart4s_kiosk.services.connector_commands import ConnectorCommands, NobodyWithThatAccount
from smart4s_kiosk.services.visits import Arrival
from tests.builders import a_member
from tests.showroom import Showroom

V = VisitId("v1")


@pytest.fixture
def room() -> Showroom:
    room = Showroom()
    with room.storage.begin() as work:
        work.staff.add(a_member("王静"))
        work.staff.add(a_member("李明"))
    room.visits.begin(visit_id=V)
    room.visits.identify(V, Arrival(IdentifiedBy.ANONYMOUS))
    room.visits.state_purpose(V, Purpose.LOOK)
    room.visits.ask(V, a_member("王静").id)
    return room


def commands(room: Showroom) -> ConnectorCommands:
    return ConnectorCommands(storage=room.storage, visits=room.visits)


def test_accepting_on_the_phone_is_accepting(room: Showroom) -> None:
    commands(room).apply(AcceptVisit(V, "wx-王静", room.clock.now()))
    assert room.visits.get(V).consultant_id == a_member("王静").id
    with pytest.raises(VisitAlreadyAccepted):
        commands(room).apply(AcceptVisit(V, "wx-李明", room.clock.now()))


def test_later_and_passing_on(room: Showroom) -> None:
    commands(room).apply(PostponeVisit(V, "wx-王静", 3, room.clock.now()))
    assert room.visits.get(V).state is VisitState.LATER
    room.tick(185)
    commands(room).apply(PassVisit(V, "wx-王静", "wx-李明", room.clock.now()))
    assert room.visits.get(V).consultant_id == a_member("李明").id


def test_a_card_that_cannot_be_delivered_asks_the_next_at_once(room: Showroom) -> None:
    commands(room).apply(ReportUndelivered(MessageId("m"), V, "wx-王静", "81013"))
    assert room.visits.get(V).consultant_id == a_member("李明").id


def test_a_stranger_is_refused(room: Showroom) -> None:
    with pytest.raises(NobodyWithThatAccount):
        commands(room).apply(AcceptVisit(V, "wx-nobody", room.clock.now()))
