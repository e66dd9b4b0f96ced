""""""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from smart4s_kiosk.domain.money import fen, in_yuan, part


@given(st.integers(-(10**12), 10**12))
def test_what_is_shown_reads_back(amount_fen: int) -> None:
    assert fen(in_yuan(amount_fen).replace("−", "-")) == amount_fen


@given(st.integers(0, 10**10), st.fractions(0, 1))
def test_a_part_is_within_half_a_fen(amount_fen: int, share: Fraction) -> None:
    assert abs(part(amount_fen, share) - amount_fen * share) <= Fraction(1, 2)
