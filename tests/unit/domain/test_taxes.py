from dataclasses import replace
from datetime import date

import pytest

from smart4s_kiosk.domain.taxes import (
    ChargeNote,
    Energy,
    Place,
    TaxedCar,
    compulsory_insurance,
    months_left,
    purchase_tax,
    vehicle_tax,
)
from tests.builders_quotes import BEIJING, ELECTRIC, FUEL, RULES, TODAY

HYBRID = TaxedCar(Energy.PLUG_IN_HYBRID, 1498, 5, on_purchase_tax_list=True, on_vehicle_tax_list=True)


@pytest.mark.parametrize(
    ("car", "day", "price_yuan", "tax_fen", "note"),
    [
        (FUEL, TODAY, 113_000, 1_000_000, ChargeNote.NONE),
        (FUEL, TODAY, 200_000, 1_769_912, ChargeNote.NONE),
        (FUEL, TODAY, 93_800, 830_088, ChargeNote.NONE),
        (ELECTRIC, TODAY, 200_000, 884_956, ChargeNote.HALVED),
        (HYBRID, TODAY, 200_000, 884_956, ChargeNote.HALVED),
        (ELECTRIC, TODAY, 339_000, 1_500_000, ChargeNote.HALVED),
        (ELECTRIC, TODAY, 400_000, 2_039_823, ChargeNote.CAPPED),
        (ELECTRIC, date(2027, 12, 31), 200_000, 884_956, ChargeNote.HALVED),
        (ELECTRIC, date(2028, 1, 1), 200_000, 1_769_912, ChargeNote.NONE),
        (ELECTRIC, date(2025, 12, 31), 200_000, 0, ChargeNote.EXEMPT),
        (ELECTRIC, date(2025, 12, 31), 400_000, 539_823, ChargeNote.CAPPED),
        (replace(ELECTRIC, on_purchase_tax_list=False), TODAY, 200_000, 1_769_912, ChargeNote.NONE),
        (replace(FUEL, on_purchase_tax_list=True), TODAY, 200_000, 1_769_912, ChargeNote.NONE),
        (ELECTRIC, TODAY, 204_800, 906_195, ChargeNote.HALVED),
        (ELECTRIC, TODAY, 233_800, 1_034_513, ChargeNote.HALVED),
        (ELECTRIC, TODAY, 265_800, 1_176_106, ChargeNote.HALVED),
    ],
)
def test_purchase_tax(car: TaxedCar, day: date, price_yuan: int, tax_fen: int, note: ChargeNote) -> None:
    charge = purchase_tax(RULES.purchase_tax, car, price_yuan * 100, day)
    assert charge is not None
    assert (charge.amount_fen, charge.note) == (tax_fen, note)


def test_old_calculators_would_be_wrong() -> None:
    """1.17 VAT and "new energy pays nothing" are still in public calculators."""
    fuel = purchase_tax(RULES.purchase_tax, FUEL, 20_000_000, TODAY)
    electric = purchase_tax(RULES.purchase_tax, ELECTRIC, 20_000_000, TODAY)
    assert fuel is not None
    assert electric is not None
    assert fuel.amount_fen != round(20_000_000 / 1.17 * 0.1)
    assert electric.amount_fen != 0


def test_without_a_rule_for_the_day_there_is_no_amount() -> None:
    assert purchase_tax(RULES.purchase_tax, FUEL, 20_000_000, date(2019, 6, 30)) is None
    assert compulsory_insurance(RULES.compulsory_insurance, 5, date(2019, 6, 30)) is None


@pytest.mark.parametrize(("seats", "premium_fen"), [(2, 95_000), (5, 95_000), (6, 110_000), (7, 110_000)])
def test_compulsory_insurance_by_seats(seats: int, premium_fen: int) -> None:
    charge = compulsory_insurance(RULES.compulsory_insurance, seats, TODAY)
    assert charge is not None
    assert charge.amount_fen == premium_fen


@pytest.mark.parametrize(
    ("region", "ml", "yearly_yuan"),
    [
        ("北京", ml, yuan)
        for ml, yuan in zip(
            (1000, 1600, 2000, 2500, 3000, 4000, 5000), (300, 420, 480, 900, 1920, 3480, 5280), strict=True
        )
    ]
    + [
        ("湖南", ml, yuan)
        for ml, yuan in zip(
            (998, 1001, 1998, 2001, 2998, 3999, 4001), (120, 300, 360, 720, 1920, 3120, 4800), strict=True
        )
    ],
)
def test_vehicle_tax_of_a_whole_year_by_region_and_engine(region: str, ml: int, yearly_yuan: int) -> None:
    car = replace(FUEL, displacement_ml=ml)
    charge = vehicle_tax(RULES.vehicle_tax, None, car, Place(region), date(2026, 1, 5))
    assert charge is not None
    assert (charge.amount_fen, charge.months) == (yearly_yuan * 100, 12)


def test_vehicle_tax_counts_the_months_that_are_left() -> None:
    charge = vehicle_tax(RULES.vehicle_tax, None, FUEL, BEIJING, TODAY)
    assert charge is not None
    assert (charge.months, charge.amount_fen) == (2, 7_000)
    assert [months_left(date(2026, m, 28)) for m in (1, 6, 12)] == [12, 7, 1]


def test_a_listed_new_energy_car_is_free_of_vehicle_tax_and_an_unlisted_one_is_to_be_checked() -> None:
    exemption = RULES.vehicle_tax_exemption
    charge = vehicle_tax(RULES.vehicle_tax, exemption, ELECTRIC, Place("无此地"), TODAY)
    assert charge is not None
    assert (charge.amount_fen, charge.note) == (0, ChargeNote.EXEMPT)
    assert (
        vehicle_tax(RULES.vehicle_tax, exemption, replace(ELECTRIC, on_vehicle_tax_list=False), BEIJING, TODAY) is None
    )
    assert vehicle_tax(RULES.vehicle_tax, exemption, FUEL, Place("无此地"), TODAY) is None
    assert vehicle_tax(RULES.vehicle_tax, exemption, FUEL, BEIJING, date(2027, 1, 1)) is None
