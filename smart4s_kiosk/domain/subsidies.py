"""State and local subsidies that the customer claims later: estimated, shown apart, never subtracted from the total."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from smart4s_kiosk.domain.money import part
from smart4s_kiosk.domain.provenance import Provenance
from smart4s_kiosk.domain.taxes import Place, TaxedCar


class SubsidyKind(StrEnum):
    """On what ground it is paid."""

    SCRAP = "scrap"
    TRADE_IN = "trade_in"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class SubsidyRule:
    """One programme: a share of the price including VAT, up to a cap."""

    kind: SubsidyKind
    provenance: Provenance
    ends: date
    """Last day in the whole country; every subsidy has one."""
    share: Decimal
    cap_fen: int
    new_energy: bool
    max_displacement_ml: int = 0
    """For fuel cars: the largest engine that is paid for."""
    region: str = ""
    """Only there; empty: the whole country."""
    earlier_ends: tuple[tuple[str, date], ...] = ()
    """Regions that stop before the programme does: (region, last day)."""

    def fits(self, car: TaxedCar, place: Place, day: date) -> bool:
        if not place.is_in(self.region) or car.energy.is_new_energy is not self.new_energy:
            return False
        if self.new_energy and not car.on_purchase_tax_list:
            return False
        if not self.new_energy and car.displacement_ml > self.max_displacement_ml:
            return False
        return self.provenance.valid_from <= day <= self.last_day(place)

    def last_day(self, place: Place) -> date:
        """The programme's end there."""
        earlier = [end for region, end in self.earlier_ends if place.is_in(region)]
        return min([self.ends, *earlier])


@dataclass(frozen=True, slots=True)
class SubsidyEstimate:
    """What the customer may probably claim, with the last day to do so."""

    kind: SubsidyKind
    amount_fen: int
    provenance: Provenance
    last_day: date


def estimate(
    rules: Iterable[SubsidyRule], kinds: Iterable[SubsidyKind], car: TaxedCar, place: Place, price_fen: int, day: date
) -> tuple[SubsidyEstimate, ...]:
    """Of the national kinds the customer qualifies for, the best one only (one benefit per buyer), and local extras."""
    wanted = set(kinds)
    found = [
        SubsidyEstimate(
            rule.kind, min(part(price_fen, rule.share), rule.cap_fen), rule.provenance, rule.last_day(place)
        )
        for rule in rules
        if rule.kind in wanted and rule.fits(car, place, day)
    ]
    national = [one for one in found if one.kind is not SubsidyKind.LOCAL]
    best = max(national, key=lambda one: one.amount_fen, default=None)
    local = [one for one in found if one.kind is SubsidyKind.LOCAL]
    return ((best,) if best else ()) + tuple(local)
