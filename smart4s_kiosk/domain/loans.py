"""Car loans: the plan of instalments to the fen, and the true annual rate that must be shown.

Formulae: equal instalments M = P·r·(1+r)ⁿ/((1+r)ⁿ−1); equal principal P/n + (P − (k−1)·P/n)·r; a flat fee spreads
P·(1 + fee) over n months. Interest of a month is rounded half up to the fen; the last instalment takes the rounding.
The annual rate is twelve times the monthly internal rate of return (simple interest), as the People's Bank of China
notice on showing the annual rate of every loan product allows (2021-03-31).
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.money import half_up, part

MIN_PRINCIPAL_FEN = 100_000
MAX_MONTHS = 120


class LoanImpossible(RuleBroken):
    """A loan needs at least 1,000 yuan, one to 120 months and a rate of 0 to 36 % a year."""

    code = "loan.impossible"


class LoanMethod(StrEnum):
    """How it is paid back."""

    EQUAL_INSTALMENT = "equal_instalment"
    EQUAL_PRINCIPAL = "equal_principal"
    FLAT_FEE = "flat_fee"


@dataclass(frozen=True, slots=True)
class LoanTerms:
    """What lender and customer agree on."""

    principal_fen: int
    months: int
    method: LoanMethod = LoanMethod.EQUAL_INSTALMENT
    rate: Decimal = Decimal(0)
    """A year's interest (0.045 is 4.5 %); for FLAT_FEE the fee over the whole term as a share of the principal."""
    upfront_fee_fen: int = 0
    """Paid at the start for the loan itself; part of the true annual rate."""
    lender: str = ""

    def __post_init__(self) -> None:
        most = Decimal("0.36") * (max(self.months, 12) if self.method is LoanMethod.FLAT_FEE else 12) / 12
        if not (
            self.principal_fen >= MIN_PRINCIPAL_FEN
            and 1 <= self.months <= MAX_MONTHS
            and 0 <= self.rate <= most
            and 0 <= self.upfront_fee_fen < self.principal_fen
        ):
            raise LoanImpossible(months=self.months, rate=str(self.rate), method=self.method.value)


@dataclass(frozen=True, slots=True)
class Instalment:
    """One month's payment."""

    number: int
    principal_fen: int
    interest_fen: int

    @property
    def amount_fen(self) -> int:
        return self.principal_fen + self.interest_fen


@dataclass(frozen=True, slots=True)
class Loan:
    """Terms with the plan that follows from them."""

    terms: LoanTerms
    instalments: tuple[Instalment, ...]
    annual_rate: Decimal
    """The true one, simple interest, four places (0.0751 is 7.51 %)."""

    @property
    def first_fen(self) -> int:
        return self.instalments[0].amount_fen

    @property
    def last_fen(self) -> int:
        return self.instalments[-1].amount_fen

    @property
    def total_interest_fen(self) -> int:
        """Interest or fee of the whole term, without the upfront fee."""
        return sum(one.interest_fen for one in self.instalments)


def loan(terms: LoanTerms) -> Loan:
    """The plan of instalments and the true annual rate of `terms`."""
    plan = _flat(terms) if terms.method is LoanMethod.FLAT_FEE else _amortised(terms)
    return Loan(terms=terms, instalments=plan, annual_rate=_annual_rate(terms, plan))


def _amortised(terms: LoanTerms) -> tuple[Instalment, ...]:
    monthly = Fraction(terms.rate) / 12
    level = half_up(_level_payment(terms.principal_fen, monthly, terms.months))
    slice_fen = half_up(Fraction(terms.principal_fen, terms.months))
    owed, plan = terms.principal_fen, []
    for number in range(1, terms.months + 1):
        interest = half_up(owed * monthly)
        wanted = slice_fen if terms.method is LoanMethod.EQUAL_PRINCIPAL else level - interest
        # In long, dear loans a month's rounding grows with interest: never repay more than is owed.
        principal = owed if number == terms.months else min(wanted, owed)
        owed -= principal
        plan.append(Instalment(number, principal, interest))
    return tuple(plan)


def _level_payment(principal_fen: int, monthly: Fraction, months: int) -> Fraction:
    if monthly == 0:
        return Fraction(principal_fen, months)
    growth = (1 + monthly) ** months
    return principal_fen * monthly * growth / (growth - 1)


def _flat(terms: LoanTerms) -> tuple[Instalment, ...]:
    fee = part(terms.principal_fen, terms.rate)
    level = half_up(Fraction(terms.principal_fen + fee, terms.months))
    interest = fee // terms.months
    earlier = terms.months - 1
    plan = [Instalment(number, level - interest, interest) for number in range(1, terms.months)]
    rest = terms.principal_fen - earlier * (level - interest)
    return (*plan, Instalment(terms.months, rest, fee - earlier * interest))


def _annual_rate(terms: LoanTerms, plan: tuple[Instalment, ...]) -> Decimal:
    """Twelve times the monthly rate at which the payments are worth the sum paid out, by bisection."""
    paid_out = Decimal(terms.principal_fen - terms.upfront_fee_fen)
    if sum(one.amount_fen for one in plan) <= paid_out:
        return Decimal("0.0000")
    with localcontext() as context:
        context.prec = 30
        low, high = Decimal(0), Decimal(1)
        while _worth(plan, high) > paid_out:
            high *= 2
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if _worth(plan, middle) > paid_out else (low, middle)
        return (high * 12).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)


def _worth(plan: tuple[Instalment, ...], monthly: Decimal) -> Decimal:
    """Present value of the payments, by Horner's rule."""
    value = Decimal(0)
    for one in reversed(plan):
        value = (value + one.amount_fen) / (1 + monthly)
    return value
