"""Amounts in fen (integers) and the one rounding: half up, to the fen."""

from decimal import Decimal, InvalidOperation
from fractions import Fraction

from smart4s_kiosk.domain.errors import RuleBroken


class AmountUnreadable(RuleBroken):
    """This is not an amount of money."""

    code = "money.unreadable"


def half_up(amount: Fraction | Decimal) -> int:
    """`amount` as a whole number; a half goes away from zero."""
    exact = Fraction(amount)
    whole = (abs(exact) + Fraction(1, 2)).__floor__()
    return whole if exact >= 0 else -whole


def fen(yuan: Decimal | int | str) -> int:
    """Fen of an amount in yuan such as "8849.5575" or "12,000"; raises `AmountUnreadable`."""
    try:
        exact = Decimal(yuan.replace(",", "").strip()) if isinstance(yuan, str) else Decimal(yuan)
    except InvalidOperation as error:
        raise AmountUnreadable from error
    if not exact.is_finite():
        raise AmountUnreadable
    return half_up(exact * 100)


def part(amount_fen: int, share: Decimal | Fraction) -> int:
    """`share` of an amount, to the fen: 12 % is Decimal("0.12")."""
    return half_up(amount_fen * Fraction(share))


def in_yuan(amount_fen: int) -> str:
    """For showing: 10765088 is "107,650.88", -600000 is "−6,000.00" (a real minus sign)."""
    whole, rest = divmod(abs(amount_fen), 100)
    return f"{'−' if amount_fen < 0 else ''}{whole:,}.{rest:02d}"


def in_whole_yuan(amount_fen: int) -> str:
    """For showing round sums: 1500000 is "15,000"; an amount with fen keeps them."""
    return in_yuan(amount_fen).removesuffix(".00")
