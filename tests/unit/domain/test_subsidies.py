from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from smart4s_kiosk.domain.provenance import Provenance
from smart4s_kiosk.domain.subsidies import SubsidyKind, SubsidyRule, estimate
from smart4s_kiosk.domain.taxes import Place, TaxedCar
from tests.builders_quotes import BEIJING, ELECTRIC, FUEL, RULES, TODAY

HUNAN = Place("湖南", "长沙")


@pytest.mark.parametrize(
    ("kind", "car", "price_yuan", "expected_yuan"),
    [
        (SubsidyKind.SCRAP, ELECTRIC, 100_000, 12_000),
        (SubsidyKind.SCRAP, ELECTRIC, 166_667, 20_000),
        (SubsidyKind.SCRAP, ELECTRIC, 300_000, 20_000),
        (SubsidyKind.SCRAP, FUEL, 149_990, 14_999),
        (SubsidyKind.SCRAP, FUEL, 150_000, 15_000),
        (SubsidyKind.TRADE_IN, ELECTRIC, 187_500, 15_000),
        (SubsidyKind.TRADE_IN, ELECTRIC, 100_000, 8_000),
        (SubsidyKind.TRADE_IN, FUEL, 216_667, 13_000),
        (SubsidyKind.TRADE_IN, FUEL, 100_000, 6_000),
    ],
)
def test_shares_and_caps(kind: SubsidyKind, car: TaxedCar, price_yuan: int, expected_yuan: int) -> None:
    (found,) = estimate(RULES.subsidies, [kind], car, HUNAN, price_yuan * 100, TODAY)
    assert found.amount_fen == expected_yuan * 100
    assert found.last_day == date(2026, 12, 31)


def test_one_benefit_a_buyer_the_better_one() -> None:
    (found,) = estimate(RULES.subsidies, list(SubsidyKind), ELECTRIC, HUNAN, 20_000_000, TODAY)
    assert (found.kind, found.amount_fen) == (SubsidyKind.SCRAP, 2_000_000)


def test_a_large_engine_or_an_unlisted_car_gets_nothing() -> None:
    for car in (replace(FUEL, displacement_ml=2001), replace(ELECTRIC, on_purchase_tax_list=False)):
        assert estimate(RULES.subsidies, list(SubsidyKind), car, HUNAN, 20_000_000, TODAY) == ()


def test_beijing_ends_a_month_earlier() -> None:
    kinds = [SubsidyKind.SCRAP]
    (found,) = estimate(RULES.subsidies, kinds, ELECTRIC, BEIJING, 20_000_000, date(2026, 11, 30))
    assert found.last_day == date(2026, 11, 30)
    assert estimate(RULES.subsidies, kinds, ELECTRIC, BEIJING, 20_000_000, date(2026, 12, 1)) == ()
    assert estimate(RULES.subsidies, kinds, ELECTRIC, HUNAN, 20_000_000, date(2027, 1, 1)) == ()


def test_a_local_extra_stands_beside_the_national_benefit() -> None:
    end = date(2026, 12, 31)
    local = SubsidyRule(
        SubsidyKind.LOCAL,
        Provenance("subsidy.xian", "西安市补贴", date(2026, 8, 1), date(2026, 8, 1), end),
        end,
        Decimal("0.02"),
        500_000,
        new_energy=True,
        region="西安",
    )
    found = estimate([*RULES.subsidies, local], list(SubsidyKind), ELECTRIC, Place("陕西", "西安"), 20_000_000, TODAY)
    assert [(one.kind, one.amount_fen) for one in found] == [
        (SubsidyKind.SCRAP, 2_000_000),
        (SubsidyKind.LOCAL, 400_000),
    ]
    assert len(estimate([local], list(SubsidyKind), ELECTRIC, Place("陕西"), 20_000_000, TODAY)) == 0
