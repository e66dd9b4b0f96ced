""""""

from hypothesis import given
from hypothesis import strategies as st

from smart4s_kiosk.domain.taxes import (
    purchase_tax,
)
from tests.builders_quotes import ELECTRIC, FUEL, RULES, TODAY


@given(st.integers(0, 10**9))
def test_relief_and_tax_make_up_the_full_tax(price_fen: int) -> None:
    full = purchase_tax(RULES.purchase_tax, FUEL, price_fen, TODAY)
    halved = purchase_tax(RULES.purchase_tax, ELECTRIC, price_fen, TODAY)
    assert full is not None
    assert halved is not None
    assert halved.amount_fen + halved.relief_fen == full.amount_fen
    assert halved.relief_fen <= 1_500_000
