"""Pricing: worked sheets, kinds, validity, and a second, independent way to the same totals."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from smart4s_kiosk.domain.insurance import CommercialInsurance, Cover, CoverCode
from smart4s_kiosk.domain.quotes import (
    Discount,
    Extra,
    QuoteDraft,
    price,
)
from smart4s_kiosk.domain.taxes import Place
from tests.builders_quotes import BEIJING, ELECTRIC, FUEL, RULES, TODAY, a_car


def insured(premium_fen: int) -> CommercialInsurance:
    return CommercialInsurance((Cover(CoverCode.OWN_DAMAGE),), premium_fen, is_estimate=True)


drafts = st.builds(
    lambda car, price_fen, share, extras, premium, place: QuoteDraft(
        car=a_car(price_fen, car),
        place=place,
        discount=Discount(int(price_fen * share)),
        insurance=insured(premium) if premium else None,
        extras=tuple(Extra(f"x{n}", amount) for n, amount in enumerate(extras)),
    ),
    st.sampled_from([FUEL, ELECTRIC, replace(FUEL, displacement_ml=3500, seats=7)]),
    st.integers(0, 500_000_000),
    st.fractions(0, 1, max_denominator=1000),
    st.lists(st.integers(0, 5_000_000), max_size=6),
    st.integers(0, 5_000_000),
    st.sampled_from([BEIJING, Place("湖南"), Place("火星")]),
)


@given(drafts, st.randoms())
def test_the_total_is_the_sum_of_the_lines_in_any_order_and_never_negative(draft: QuoteDraft, chance: object) -> None:
    quote = price(draft, RULES, TODAY)
    shuffled = list(quote.lines)
    chance.shuffle(shuffled)  # type: ignore[attr-defined] # Hypothesis gives a Random
    assert sum(line.amount_fen for line in shuffled) == quote.total_fen
    assert quote.total_fen >= 0
    assert sum(Decimal(line.amount_fen) / 100 for line in shuffled) * 100 == quote.total_fen


def total_in_fractions(draft: QuoteDraft) -> int:
    """Written a second time, without the product's code: yuan in fractions, each line rounded half up to the fen."""

    def fen(yuan: Fraction) -> int:
        return (yuan * 100 * 2 + 1).__floor__() // 2

    car = draft.car.taxed
    net = Fraction(draft.car.list_price_fen - draft.discount.amount_fen, 100)
    full = net / Fraction(113, 100) / 10
    tax = full - min(full / 2, Fraction(15_000)) if car.energy != "fuel" else full
    yearly = {"北京": {1498: 420, 3500: 3480}, "湖南": {1498: 300, 3500: 3120}}
    per_year = 0 if car.energy != "fuel" else yearly.get(draft.place.province, {}).get(car.displacement_ml, 0)
    total = fen(net) + fen(tax) + (110_000 if car.seats >= 6 else 95_000) + fen(Fraction(per_year * 2, 12))
    total += draft.insurance.premium_fen if draft.insurance else 0
    return total + sum(one.amount_fen for one in draft.extras)


@given(drafts)
def test_an_independent_calculation_in_fractions_agrees_to_the_fen(draft: QuoteDraft) -> None:
    assert price(draft, RULES, TODAY).total_fen == total_in_fractions(draft)
