"""Worked figures of the rules, and properties against a plan in exact fractions."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        LoanTerms(**terms)  # type: ignore[arg-type]


any_terms = st.builds(
    LoanTerms,
    principal_fen=st.integers(100_000, 100_000_000),
    months=st.integers(1, 120),
    method=st.sampled_from(LoanMethod),
    rate=st.decimals(0, Decimal("0.36"), places=4),
)


@given(any_terms)
def test_instalments_pay_back_the_principal_and_the_interest_exactly(terms: LoanTerms) -> None:
    plan = loan(terms)
    assert len(plan.instalments) == terms.months
    assert sum(one.principal_fen for one in plan.instalments) == terms.principal_fen
    assert sum(one.amount_fen for one in plan.instalments) == terms.principal_fen + plan.total_interest_fen
    assert all(one.principal_fen >= 0 and one.interest_fen >= 0 for one in plan.instalments)


@given(st.integers(1_000_000, 50_000_000), st.integers(6, 60), st.decimals("0.001", "0.2", places=4))
def test_amortised_plans_stay_within_fen_of_exact_fractions(principal: int, months: int, rate: Decimal) -> None:
    monthly = Fraction(rate) / 12
    growth = (1 + monthly) ** months
    exact_total = principal * monthly * growth / (growth - 1) * months - principal
    plan = loan(LoanTerms(principal, months, LoanMethod.EQUAL_INSTALMENT, rate))
    assert abs(plan.total_interest_fen - exact_total) <= months
    exact_equal_principal = principal * monthly * Fraction(months + 1, 2)
    other = loan(LoanTerms(principal, months, LoanMethod.EQUAL_PRINCIPAL, rate))
    assert abs(other.total_interest_fen - exact_equal_principal) <= months


@given(any_terms)
def test_the_true_rate_makes_the_payments_worth_the_sum(terms: LoanTerms) -> None:
    plan = loan(terms)
    monthly = float(plan.annual_rate) / 12
    worth = sum(one.amount_fen / (1 + monthly) ** one.number for one in plan.instalments)
    slope = sum(one.number * one.amount_fen / (1 + monthly) ** (one.number + 1) for one in plan.instalments)
    assert abs(worth - terms.principal_fen) <= slope * 0.00006 / 12 + 2


def test_a_fee_that_eats_the_loan_still_has_a_true_rate() -> None:
    plan = loan(LoanTerms(100_000, 12, upfront_fee_fen=99_000))
    assert plan.annual_rate > 12
