"""What every message shares: strict, frozen models and text that cannot carry a phone, plate or id number."""

import re
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, StringConstraints

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领学警港澳"
_PLATE = re.compile(rf"[{_PROVINCES}]\s?[A-Za-z][\s·.]?[A-Za-z0-9]{{4,6}}")
_LONG_NUMBER = re.compile(r"\d(?:[\s\-]?\d){4,}")


def _plain_text(text: str) -> str:
    """Refuse what must never leave the showroom, whoever put it there: runs of five digits or more, and plates."""
    folded = "".join(str(digit) if (digit := _digit_of(letter)) is not None else letter for letter in text)
    if _LONG_NUMBER.search(folded) or _PLATE.search(folded):
        raise ValueError("looks like a phone, plate or id number")
    if any(ord(letter) < 32 or letter in "\u2028\u2029\u202a\u202b\u202c\u202d\u202e" for letter in text):
        raise ValueError("holds control characters")
    return text


def _digit_of(letter: str) -> int | None:
    """The value of a decimal digit of any script (full-width included)."""
    return int(letter) if letter.isdecimal() else None


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


class Sent(BaseModel):
    """From the showroom to the cloud: an unknown field is refused, so nothing slips out unnoticed."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Received(BaseModel):
    """From the cloud to the showroom: an unknown field of a newer cloud is ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True)


Id = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_\-]{1,64}$")]
"""A random identity, meaningless outside the store that made it."""
UserId = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z_\-@.]{0,63}$")]
"""A member's userid in WeCom (1-64 letters, digits, `_-@.`)."""
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.]{0,39}$")]
"""A stable word of ours, never prose."""
ShortText = Annotated[str, StringConstraints(min_length=1, max_length=40), AfterValidator(_plain_text)]
"""A few words for people."""
MaybeText = Annotated[str, StringConstraints(max_length=40), AfterValidator(_plain_text)]
"""A few words for people, or nothing."""
Moment = Annotated[AwareDatetime, AfterValidator(_utc)]
"""A point in time, UTC."""


class Person(Sent):
    """A staff member as WeCom knows them."""

    id: UserId
    name: ShortText
