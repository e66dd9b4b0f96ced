"""What the law charges for a new car: purchase tax, compulsory insurance, vehicle and vessel tax.

All rates, bands and dates come from the rule data (`resources/rules/quotes.toml`) with their source; this file holds
only how they are applied. A rule that is missing, ended or does not know the region gives no amount: the line is then
shown as "to be checked" and no total is called final.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from smart4s_kiosk.domain.money import half_up
from smart4s_kiosk.domain.provenance import Provenance


class Energy(StrEnum):
    """What drives the car."""

    FUEL = "fuel"
    PLUG_IN_HYBRID = "plug_in_hybrid"
    ELECTRIC = "electric"

    @property
    def is_new_energy(self) -> bool:
        return self is not Energy.FUEL


@dataclass(frozen=True, slots=True)
class Place:
    """Where the car will be registered."""

    province: str
    city: str = ""

    def is_in(self, region: str) -> bool:
        """`region` names the province or the city; empty is the whole country."""
        return region in {"", self.province, self.city}


@dataclass(frozen=True, slots=True)
class TaxedCar:
    """What the law looks at in a car."""

    energy: Energy
    displacement_ml: int
    """0 for an electric car."""
    seats: int
    on_purchase_tax_list: bool = False
    """In the ministry's list of models with purchase tax relief."""
    on_vehicle_tax_list: bool = False
    """In the list of models free of vehicle and vessel tax."""


class ChargeNote(StrEnum):
    """What a reader must know beside the amount."""

    NONE = ""
    HALVED = "halved"
    CAPPED = "capped"
    EXEMPT = "exempt"
    FIRST_YEAR = "first_year"
    BY_MONTHS = "by_months"


@dataclass(frozen=True, slots=True)
class Charge:
    """One amount with its reason."""

    amount_fen: int
    note: ChargeNote
    provenance: Provenance
    relief_fen: int = 0
    """What the relief saves, for showing."""
    months: int = 0


@dataclass(frozen=True, slots=True)
class PurchaseTaxRule:
    """Tax on the price without value-added tax, with an optional relief for listed new-energy cars."""

    provenance: Provenance
    vat_rate: Decimal
    tax_rate: Decimal
    relief_share: Decimal = Decimal(0)
    relief_cap_fen: int = 0
    new_energy_only: bool = False

    def charge(self, price_fen: int) -> Charge:
        """Tax on a price that includes VAT; rounded once, half up to the fen."""
        full = Fraction(price_fen) / (1 + Fraction(self.vat_rate)) * Fraction(self.tax_rate)
        saved = full * Fraction(self.relief_share)
        capped = saved > self.relief_cap_fen
        amount = half_up(full - min(saved, Fraction(self.relief_cap_fen)))
        note = ChargeNote.NONE
        if self.relief_share:
            halved = ChargeNote.EXEMPT if self.relief_share == 1 else ChargeNote.HALVED
            note = ChargeNote.CAPPED if capped else halved
        return Charge(amount, note, self.provenance, relief_fen=half_up(full) - amount)


def purchase_tax(rules: tuple[PurchaseTaxRule, ...], car: TaxedCar, price_fen: int, day: date) -> Charge | None:
    """By the rule in force on `day`; a relief applies only to listed new-energy cars. None: no rule for that day."""
    in_force = [rule for rule in rules if rule.provenance.is_in_force(day)]
    entitled = car.energy.is_new_energy and car.on_purchase_tax_list
    fitting = [rule for rule in in_force if entitled or not rule.new_energy_only]
    if not fitting:
        return None
    return min(fitting, key=lambda rule: not rule.new_energy_only).charge(price_fen)


@dataclass(frozen=True, slots=True)
class CompulsoryInsuranceRule:
    """First-year premium by number of seats."""

    provenance: Provenance
    below_six_seats_fen: int
    six_seats_or_more_fen: int


def compulsory_insurance(rules: tuple[CompulsoryInsuranceRule, ...], seats: int, day: date) -> Charge | None:
    """First-year premium on `day`; None when no rule is in force."""
    for rule in rules:
        if rule.provenance.is_in_force(day):
            amount = rule.below_six_seats_fen if seats < 6 else rule.six_seats_or_more_fen
            return Charge(amount, ChargeNote.FIRST_YEAR, rule.provenance)
    return None


@dataclass(frozen=True, slots=True)
class VehicleTaxTable:
    """One region's yearly amounts by engine size; a band is (up to and including ml, fen a year)."""

    region: str
    provenance: Provenance
    bands: tuple[tuple[int, int], ...]

    def yearly_fen(self, displacement_ml: int) -> int:
        return next(amount for most_ml, amount in self.bands if displacement_ml <= most_ml)


def months_left(day: date) -> int:
    """Months that are taxed in the year of purchase, the month of purchase included (law art. 10, rules art. 13)."""
    return 13 - day.month


def vehicle_tax(
    tables: tuple[VehicleTaxTable, ...], exemption: Provenance | None, car: TaxedCar, place: Place, day: date
) -> Charge | None:
    """The rest of the year's tax; exempt cars pay nothing; None when region or car is not in a table in force."""
    if car.on_vehicle_tax_list and car.energy.is_new_energy:
        return Charge(0, ChargeNote.EXEMPT, exemption) if exemption and exemption.is_in_force(day) else None
    for table in tables:
        if place.is_in(table.region) and table.provenance.is_in_force(day) and car.displacement_ml > 0:
            months = months_left(day)
            amount = half_up(Fraction(table.yearly_fen(car.displacement_ml) * months, 12))
            return Charge(amount, ChargeNote.BY_MONTHS, table.provenance, months=months)
    return None
