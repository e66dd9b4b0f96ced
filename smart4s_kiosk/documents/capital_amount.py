"""Amounts in the characters that cannot be altered (人民币大写), as Chinese papers state a total."""

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")


def capital_amount(amount_fen: int) -> str:
    """25085513 is "人民币贰拾伍万零捌佰伍拾伍元壹角叁分"; whole yuan end in 整 (rules of the bills regulation)."""
    yuan, rest = divmod(abs(amount_fen), 100)
    jiao, fen = divmod(rest, 10)
    text = "人民币" + ("负" if amount_fen < 0 else "")
    text += f"{_whole(yuan)}元" if yuan or not rest else ""
    if not rest:
        return text + "整"
    if jiao:
        text += f"{DIGITS[jiao]}角"
    elif yuan:
        text += "零"
    return text + (f"{DIGITS[fen]}分" if fen else "整")


def _whole(yuan: int) -> str:
    """The digits with their units, a run of zeros read once."""
    if yuan == 0:
        return DIGITS[0]
    text = ""
    owes_zero = False
    for place in range(len(GROUPS) - 1, -1, -1):
        group = yuan // 10 ** (4 * place) % 10000
        if not group:
            owes_zero = owes_zero or bool(text)
            continue
        if text and (owes_zero or group < 1000):
            text += DIGITS[0]
        text += _group(group) + GROUPS[place]
        owes_zero = False
    return text


def _group(number: int) -> str:
    """Below ten thousand."""
    text = ""
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += DIGITS[digit] + UNITS[place]
        elif text and number % 10**place and not text.endswith(DIGITS[0]):
            text += DIGITS[0]
    return text
