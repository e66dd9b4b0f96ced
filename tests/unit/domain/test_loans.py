"""Worked figures of the rules, and properties against a plan in exact fractions."""

from decimal import Decimal

import pytest

from smart4s_kiosk.domain.loans import LoanImpossible, LoanMethod, LoanTerms, loan


def test_equal_instalments_of_the_worked_example() -> None:
    plan = loan(LoanTerms(10_000_000, 36, LoanMethod.EQUAL_INSTALMENT, Decimal("0.045")))
    assert [one.amount_fen for one in plan.instalments[:-1]] == [297_469] * 35
    assert plan.last_fen == 297_478
    assert plan.total_interest_fen == 708_893
    assert plan.annual_rate == Decimal("0.0450")


def test_equal_principal_of_the_worked_example() -> None:
    plan = loan(LoanTerms(10_000_000, 36, LoanMethod.EQUAL_PRINCIPAL, Decimal("0.045")))
    assert plan.first_fen == 315_278
    assert plan.last_fen == 278_812
    assert plan.total_interest_fen == 693_750
    assert plan.annual_rate == Decimal("0.0450")


def test_a_flat_fee_of_twelve_percent_is_really_seven_and_a_half_a_year() -> None:
    plan = loan(LoanTerms(10_000_000, 36, LoanMethod.FLAT_FEE, Decimal("0.12")))
    assert plan.first_fen == 311_111
    assert plan.total_interest_fen == 1_200_000
    assert plan.annual_rate == Decimal("0.0751")


def test_a_zero_rate_is_the_principal_in_equal_parts() -> None:
    plan = loan(LoanTerms(10_000_000, 36))
    assert plan.first_fen == 277_778
    assert plan.total_interest_fen == 0
    assert plan.annual_rate == 0


def test_a_fee_at_the_start_raises_the_true_rate() -> None:
    without = loan(LoanTerms(10_000_000, 36, rate=Decimal("0.045")))
    with_fee = loan(LoanTerms(10_000_000, 36, rate=Decimal("0.045"), upfront_fee_fen=300_000))
    assert with_fee.annual_rate > without.annual_rate + Decimal("0.019")


@pytest.mark.parametrize(
    "terms",
    [
        {"principal_fen": 0, "months": 12},
        {"principal_fen": 10_000_000, "months": 0},
        {"principal_fen": 10_000_000, "months": 121},
        {"principal_fen": 10_000_000, "months": 36, "rate": Decimal("-0.01")},
        {"principal_fen": 10_000_000, "months": 36, "rate": Decimal("0.361")},
        {"principal_fen": 10_000_000, "months": 36, "upfront_fee_fen": 10_000_000},
    ],
)
def test_impossible_loans_are_refused(terms: dict[str, object]) -> None:
    with pytest.raises(LoanImpossible):
        LoanTerms(**terms)  # type: ignore[arg-type] # wrong values are the point


def test_a_fee_that_eats_the_loan_still_has_a_true_rate() -> None:
    plan = loan(LoanTerms(100_000, 12, upfront_fee_fen=99_000))
    assert plan.annual_rate > 12
