"""Drinks that guests ask for at the kiosk: kept on the visit, brought by reception, over with the visit."""

from datetime import datetime

from smart4s_kiosk.domain.drinks import Drink, DrinkWish
from smart4s_kiosk.domain.ids import StaffId, VisitId
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.storage import Storage, UnitOfWork
from smart4s_kiosk.services.joined_visits import what_became_of


class Drinks:
    """Use cases of a wish for a drink."""

    def __init__(self, *, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def ask(self, visit_id: VisitId, drink: Drink) -> DrinkWish | None:
        """The guest would like this; the same again while it is awaited is one wish. None: the visit is over."""
        with self._storage.begin() as work:
            visit = what_became_of(work, visit_id)
            if not visit.is_open:
                return None
            before = work.drinks.find(visit.id)
            if before is not None and before.is_awaited and before.drink is drink:
                return before
            wish = DrinkWish(visit.id, drink, self._clock.now())
            work.drinks.put(wish)
            work.announce("drinks", visit.id)
            return wish

    def brought(self, visit_id: VisitId, drink: Drink, *, by: StaffId) -> None:
        """Somebody took it to the guest. Another drink wished meanwhile is still awaited."""
        with self._storage.begin() as work:
            wish = work.drinks.find(visit_id)
            if wish is not None and wish.is_awaited and wish.drink is drink:
                work.drinks.put(wish.brought(by, self._clock.now()))
                work.announce("drinks", visit_id)


def drink_awaited(view: UnitOfWork, visit_id: VisitId) -> Drink | None:
    """What is on its way to this visit's guest."""
    wish = view.drinks.find(visit_id)
    return wish.drink if wish is not None and wish.is_awaited else None


def drop_drinks(work: UnitOfWork, visit_id: VisitId, now: datetime) -> None:
    """The visit is over: what its guest (or one joined with it) asked for is brought to nobody."""
    for wish in work.drinks.awaited():
        if what_became_of(work, wish.visit_id).id == visit_id:
            work.drinks.put(wish.dropped(now))
