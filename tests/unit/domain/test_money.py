from decimal import Decimal

import pytest

from smart4s_kiosk.domain.money import AmountUnreadable, fen, half_up, in_whole_yuan, in_yuan


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("0.5", 1), ("0.4999", 0), ("1.5", 2), ("2.5", 3), ("-0.5", -1), ("-2.4", -2), ("884955.75", 884956)],
)
def test_a_half_goes_away_from_zero(amount: str, rounded: int) -> None:
    assert half_up(Decimal(amount)) == rounded


def test_fen_reads_what_people_type() -> None:
    assert fen("12,000") == 1_200_000
    assert fen(" 8849.5575 ") == 884_956
    assert fen(93_800) == 9_380_000
    assert fen(Decimal("0.005")) == 1


@pytest.mark.parametrize("text", ["", "twelve", "1.2.3", "NaN", "Infinity", "１元"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(AmountUnreadable):
        fen(text)


def test_amounts_are_shown_with_separators_and_a_real_minus() -> None:
    assert in_yuan(10_765_088) == "107,650.88"
    assert in_yuan(-600_000) == "−6,000.00"
    assert in_yuan(5) == "0.05"
    assert in_whole_yuan(1_500_000) == "15,000"
    assert in_whole_yuan(1_500_050) == "15,000.50"
