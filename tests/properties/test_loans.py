"""Worked figures of the rules, and properties against a plan in exact fractions."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from smart4s_kiosk.domain.loans import LoanMethod, LoanTerms, loan

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
