"""A drink stands on the visit: brought once, over with the visit, still there after every restart."""

import pytest

from smart4s_kiosk.domain.drinks import Drink
from smart4s_kiosk.domain.ids import StaffId, VisitId
from smart4s_kiosk.domain.visits import Outcome
from smart4s_kiosk.services.board import BoardReader
from smart4s_kiosk.services.check_in_sessions import Sessions
from smart4s_kiosk.services.check_in_views import Waiting
from tests.desk_showroom import SHEN, DeskShowroom


@pytest.fixture
def room() -> DeskShowroom:
    return DeskShowroom()


def awaited(room: DeskShowroom) -> list[tuple[str, Drink, str]]:
    board = BoardReader(storage=room.storage, clock=room.clock).read()
    return [(line.card.visit_id, line.drink, line.card.place) for line in board.drinks]


def chosen(room: DeskShowroom, visit_id: VisitId) -> Drink | None:
    shown = room.kiosk.progress(visit_id)
    assert isinstance(shown, Waiting)
    return shown.drink


def test_a_drink_stays_on_the_board_until_it_is_brought(room: DeskShowroom) -> None:
    visit = room.arrive("w1", "李婷", ask=StaffId("王静"))
    room.kiosk.choose_drink(visit, Drink.TEA)
    room.kiosk.choose_drink(visit, Drink.TEA)
    assert awaited(room) == [("w1", Drink.TEA, "B1")]
    assert sum(one.concept == "drinks" for one in room.storage.announced) == 1
    assert chosen(room, visit) is Drink.TEA
    room.drinks.brought(visit, Drink.TEA, by=SHEN)
    room.drinks.brought(visit, Drink.TEA, by=StaffId("周启明"))
    assert awaited(room) == []
    assert chosen(room, visit) is None
    with room.storage.look() as view:
        wish = view.drinks.find(visit)
    assert wish is not None
    assert (wish.drink, wish.brought_by, wish.ended_at) == (Drink.TEA, SHEN, room.clock.now())


def test_the_kiosk_knows_the_drink_after_a_restart(room: DeskShowroom) -> None:
    visit = room.arrive("w1", ask=StaffId("王静"))
    room.kiosk.choose_drink(visit, Drink.WATER)
    room.kiosk._sessions = Sessions()
    assert chosen(room, visit) is Drink.WATER


def test_another_wish_takes_the_place_of_the_one_before(room: DeskShowroom) -> None:
    visit = room.arrive("w1", ask=StaffId("王静"))
    room.kiosk.choose_drink(visit, Drink.TEA)
    room.clock.advance(20)
    room.kiosk.choose_drink(visit, Drink.COFFEE)
    room.drinks.brought(visit, Drink.TEA, by=SHEN)  # the desk has not seen the change yet
    assert awaited(room) == [("w1", Drink.COFFEE, "B1")]
    room.drinks.brought(visit, Drink.COFFEE, by=SHEN)
    room.kiosk.choose_drink(visit, Drink.COFFEE)  # a second cup
    assert awaited(room) == [("w1", Drink.COFFEE, "B1")]


def test_a_drink_is_over_with_its_visit(room: DeskShowroom) -> None:
    visit, other = room.arrive("w1", ask=StaffId("王静")), room.arrive("w2", ask=StaffId("何屿"))
    room.drinks.ask(visit, Drink.TEA)
    room.drinks.ask(other, Drink.WATER)
    room.visits.accept(visit, StaffId("王静"))
    assert [one for one, _drink, _place in awaited(room)] == ["w1", "w2"]
    room.visits.close(visit, Outcome.SERVED, by=StaffId("王静"))
    assert [one for one, _drink, _place in awaited(room)] == ["w2"]
    with room.storage.look() as view:
        wish = view.drinks.find(visit)
    assert wish is not None
    assert (wish.ended_at, wish.brought_by) == (room.clock.now(), None)
    assert room.drinks.ask(visit, Drink.TEA) is None


def test_a_joined_visits_drink_goes_where_the_guest_is(room: DeskShowroom) -> None:
    first, second = room.arrive("w1", ask=StaffId("王静")), room.arrive("w2", ask=StaffId("何屿"), place="B2")
    room.drinks.ask(first, Drink.TEA)
    room.visits.merge(first, second, by=SHEN)
    assert awaited(room) == [("w2", Drink.TEA, "B2")]
    room.drinks.ask(first, Drink.WATER)  # the kiosk still shows the first
    assert awaited(room) == [("w2", Drink.TEA, "B2"), ("w2", Drink.WATER, "B2")]
    room.visits.unmerge(first, by=SHEN)
    assert awaited(room) == [("w1", Drink.TEA, "B1"), ("w2", Drink.WATER, "B2")]
    room.visits.merge(first, second, by=SHEN)
    room.visits.close(second, Outcome.WALKED_AWAY, by=SHEN)
    with room.storage.look() as view:
        assert view.drinks.awaited() == []
