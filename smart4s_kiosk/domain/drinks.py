"""A guest's wish for a drink: stands on the visit until it is brought, or until the visit is over."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from smart4s_kiosk.domain.ids import StaffId, VisitId


class Drink(StrEnum):
    """What is offered to drink."""

    WATER = "water"
    COFFEE = "coffee"
    TEA = "tea"


@dataclass(frozen=True, slots=True)
class DrinkWish:
    """The newest wish of one visit."""

    visit_id: VisitId
    drink: Drink
    asked_at: datetime
    ended_at: datetime | None = None
    """When it was brought, or the visit was over."""
    brought_by: StaffId | None = None
    """Who brought it; None while it is awaited, and where the visit was over before."""

    @property
    def is_awaited(self) -> bool:
        """Whether somebody still has to bring it."""
        return self.ended_at is None

    def brought(self, by: StaffId, now: datetime) -> "DrinkWish":
        """It stands before the guest; whoever says so first counts."""
        return replace(self, ended_at=now, brought_by=by) if self.is_awaited else self

    def dropped(self, now: datetime) -> "DrinkWish":
        """The guest has gone without it."""
        return replace(self, ended_at=now) if self.is_awaited else self
