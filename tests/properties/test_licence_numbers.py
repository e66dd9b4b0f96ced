"""Check digit of GB 11643-1999 and what a number says."""

from hypothesis import given
from hypothesis import strategies as st

from smart4s_kiosk.app.licence_rules import load_licence_rules
from smart4s_kiosk.domain.licence_numbers import check_digit, facts_of, has_right_check_digit, kind_of

KINDS = load_licence_rules().kinds


@given(st.from_regex(r"[1-6][0-9]{16}", fullmatch=True), st.integers(0, 16), st.integers(1, 9))
def test_every_single_wrong_digit_is_caught(body: str, place: int, shift: int) -> None:
    right = body + check_digit(body)
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    assert not has_right_check_digit(wrong)


@given(st.from_regex(r"[1-6][0-9]{16}", fullmatch=True), st.integers(0, 15))
def test_every_swap_of_neighbours_is_caught(body: str, place: int) -> None:
    right = body + check_digit(body)
    swapped = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    assert swapped == right or not has_right_check_digit(swapped)


@given(st.text(max_size=25))
def test_any_text_is_answered_without_an_error(text: str) -> None:
    facts_of(text)
    kind_of(text, KINDS)
