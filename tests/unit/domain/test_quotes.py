"""Pricing: worked sheets, kinds, validity, and a second, independent way to the same totals."""

from datetime import date

import pytest

from smart4s_kiosk.domain.insurance import CommercialInsurance, Cover, CoverCode, CoverNotEstimated
from smart4s_kiosk.domain.loans import LoanTerms
from smart4s_kiosk.domain.quotes import (
    AmountNegative,
    Discount,
    DiscountAboveLimit,
    DiscountAbovePrice,
    DiscountLimits,
    Extra,
    LineCode,
    LineKind,
    LoanAboveCarPrice,
    QuoteWarning,
    TradeIn,
    price,
)
from smart4s_kiosk.domain.subsidies import SubsidyKind
from smart4s_kiosk.domain.taxes import Place
from tests.builders_quotes import A_RATE, FUEL, RULES, TODAY, a_car, a_draft

REGISTRATION = Extra("上牌服务", 50_000, LineKind.OPTIONAL, LineCode.REGISTRATION_SERVICE)


def insured(premium_fen: int) -> CommercialInsurance:
    return CommercialInsurance((Cover(CoverCode.OWN_DAMAGE),), premium_fen, is_estimate=True)


def test_the_worked_sheet_to_the_fen() -> None:
    draft = a_draft(a_car(9_380_000, FUEL), insurance=insured(368_000), extras=(REGISTRATION,))
    quote = price(draft, RULES, date(2026, 1, 5))
    assert [line.amount_fen for line in quote.lines] == [9_380_000, 830_088, 95_000, 42_000, 368_000, 50_000]
    assert quote.total_fen == 10_765_088
    assert quote.is_final


@pytest.mark.parametrize(
    ("list_yuan", "discount_yuan", "premium_yuan", "total_fen"),
    [(209_800, 5_000, 4_860, 22_017_195), (239_800, 6_000, 5_260, 25_085_513), (269_800, 4_000, 5_880, 28_489_106)],
)
def test_the_three_plans_of_the_tablet_picture(
    list_yuan: int, discount_yuan: int, premium_yuan: int, total_fen: int
) -> None:
    draft = a_draft(
        a_car(list_yuan * 100), discount_yuan * 100, insurance=insured(premium_yuan * 100), extras=(REGISTRATION,)
    )
    assert price(draft, RULES, TODAY).total_fen == total_fen


def test_every_legal_line_names_its_rule_and_every_line_its_kind() -> None:
    quote = price(a_draft(insurance=insured(526_000), extras=(REGISTRATION,)), RULES, TODAY)
    kinds = {line.code: line.kind for line in quote.lines}
    assert kinds == {
        LineCode.LIST_PRICE: LineKind.CAR,
        LineCode.PURCHASE_TAX: LineKind.STATUTORY,
        LineCode.COMPULSORY_INSURANCE: LineKind.STATUTORY,
        LineCode.VEHICLE_TAX: LineKind.EXEMPT,
        LineCode.COMMERCIAL_INSURANCE: LineKind.OPTIONAL,
        LineCode.REGISTRATION_SERVICE: LineKind.OPTIONAL,
    }
    for line in quote.lines:
        assert (line.provenance is not None) == (line.kind in {LineKind.STATUTORY, LineKind.EXEMPT})


def test_an_unknown_region_leaves_the_line_open_and_no_total_final() -> None:
    quote = price(a_draft(a_car(taxed=FUEL), place=Place("火星")), RULES, TODAY)
    (line,) = [line for line in quote.lines if line.is_unverified]
    assert (line.code, line.amount_fen) == (LineCode.VEHICLE_TAX, 0)
    assert not quote.is_final


def test_subsidies_stand_apart_and_never_lower_the_total() -> None:
    without = price(a_draft(place=Place("湖南")), RULES, TODAY)
    with_them = price(a_draft(place=Place("湖南"), subsidy_kinds=(SubsidyKind.TRADE_IN,)), RULES, TODAY)
    assert with_them.total_fen == without.total_fen
    assert [one.amount_fen for one in with_them.subsidies] == [1_500_000]
    assert QuoteWarning.RULE_ENDS_SOON in with_them.warnings


@pytest.mark.parametrize(
    ("today", "valid_until"),
    [
        (date(2026, 11, 21), date(2026, 11, 28)),
        (date(2026, 11, 27), date(2026, 11, 30)),
        (date(2026, 12, 1), date(2026, 12, 8)),
    ],
)
def test_valid_for_seven_days_or_until_a_policy_ends(today: date, valid_until: date) -> None:
    quote = price(a_draft(subsidy_kinds=(SubsidyKind.SCRAP,)), RULES, today)
    assert quote.valid_until == valid_until
    assert not quote.is_expired(valid_until)
    assert quote.is_expired(date.fromordinal(valid_until.toordinal() + 1))


def test_a_yearly_table_ends_the_validity_at_the_year() -> None:
    assert price(a_draft(a_car(taxed=FUEL)), RULES, date(2026, 12, 29)).valid_until == date(2026, 12, 31)


def test_an_old_price_book_and_an_old_valuation_are_pointed_out() -> None:
    car = a_car(price_book_dated=date(2026, 11, 13))
    old = TradeIn("2019 款", 5_000_000, "评估师", date(2026, 11, 20))
    quote = price(a_draft(car, trade_in=old), RULES, TODAY)
    assert {QuoteWarning.PRICE_BOOK_OLD, QuoteWarning.TRADE_IN_VALUATION_OVER} <= set(quote.warnings)
    fresh = price(a_draft(a_car(price_book_dated=date(2026, 11, 14))), RULES, TODAY)
    assert QuoteWarning.PRICE_BOOK_OLD not in fresh.warnings


def test_loan_and_trade_in_stand_beside_the_total() -> None:
    draft = a_draft(
        loan=LoanTerms(16_000_000, 36, rate=A_RATE, upfront_fee_fen=100_000, lender="某金融"),
        trade_in=TradeIn("2019 款", 5_000_000, "评估师", date(2026, 11, 28)),
    )
    quote = price(draft, RULES, TODAY)
    assert quote.down_payment_fen == quote.total_fen - 16_000_000
    assert quote.after_trade_in_fen == quote.total_fen - 5_000_000
    fee = next(line for line in quote.lines if line.code is LineCode.LOAN_SERVICE)
    assert (fee.kind, fee.amount_fen) == (LineKind.SERVICE_FEE, 100_000)


def test_impossible_drafts_are_refused() -> None:
    with pytest.raises(DiscountAbovePrice):
        a_draft(discount_fen=23_980_001)
    with pytest.raises(LoanAboveCarPrice):
        a_draft(loan=LoanTerms(23_980_001, 36))
    for changes in ({"insurance": insured(-1)}, {"extras": (Extra("x", -1),)}, {"discount": Discount(-1)}):
        with pytest.raises(AmountNegative):
            a_draft(**changes)


def test_discount_limits_by_role() -> None:
    limits = DiscountLimits((("consultant", 500_000), ("manager", 3_000_000)))
    limits.check(Discount(500_000), "consultant")
    limits.check(Discount(600_000), "manager")
    limits.check(Discount(600_000, approved_by="陈经理"), "consultant")
    with pytest.raises(DiscountAboveLimit) as refused:
        limits.check(Discount(600_000), "consultant")
    assert refused.value.facts["limit_fen"] == 500_000
    with pytest.raises(DiscountAboveLimit):
        limits.check(Discount(1), "stranger")


def test_premium_estimates_are_labelled_and_unknown_covers_refused() -> None:
    assert RULES.premiums is not None
    covers = [Cover(CoverCode.OWN_DAMAGE), Cover(CoverCode.THIRD_PARTY, 300_000_000), Cover(CoverCode.SEATS, 5_000_000)]
    found = RULES.premiums.estimate(covers, 20_000_000, seats=5, new_energy=True)
    assert found.premium_fen == 56_000 + 264_000 + 159_300 + 5 * 9_600
    assert found.is_estimate
    with pytest.raises(CoverNotEstimated):
        RULES.premiums.estimate([Cover(CoverCode.OWN_CHARGER)], 20_000_000, seats=5, new_energy=False)
