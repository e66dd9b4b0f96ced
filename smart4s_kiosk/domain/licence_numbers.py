"""Licence numbers: the check digit of a resident identity number, what the number says, and the other kinds."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from smart4s_kiosk.domain.licences import Sex

# GB 11643-1999: weights of the first 17 digits and the digit for each remainder of 11.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")


@dataclass(frozen=True, slots=True)
class IdentityKind:
    """A kind of identity document whose number may stand as the licence number (kinds come from the rule file)."""

    id: str
    pattern: str
    has_check_digit: bool
    says_birth_and_sex: bool
    nationalities: tuple[str, ...]
    """Nationality fields that agree with this kind; empty: any but Chinese."""
    needs_second_person: bool
    unchecked: bool = True
    """The pattern was not checked against its official text."""

    def agrees_with(self, nationality: str) -> bool:
        """Whether the nationality field may stand beside a number of this kind."""
        if not self.nationalities:
            return bool(nationality) and not nationality.startswith("中国")
        return nationality in self.nationalities


@dataclass(frozen=True, slots=True)
class NumberFacts:
    """What an 18-digit number with the right check digit says."""

    birth: date
    sex: Sex


def check_digit(first_seventeen: str) -> str:
    """The eighteenth character for these seventeen digits (GB 11643-1999)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_seventeen, strict=True))
    return _CHECK_DIGITS[total % 11]


def has_right_check_digit(number: str) -> bool:
    """Whether this is an 18-character number whose last character fits the others."""
    return bool(_EIGHTEEN.fullmatch(number)) and check_digit(number[:17]) == number[17]


def facts_of(number: str) -> NumberFacts | None:
    """Birth and sex, or nothing when the check digit is wrong or the day does not exist."""
    if not has_right_check_digit(number):
        return None
    try:
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return NumberFacts(birth=birth, sex=Sex.MALE if int(number[16]) % 2 else Sex.FEMALE)


def kind_of(number: str, kinds: Sequence[IdentityKind]) -> IdentityKind | None:
    """The first kind whose pattern, and check digit where it has one, fits."""
    for kind in kinds:
        if re.fullmatch(kind.pattern, number) and (not kind.has_check_digit or has_right_check_digit(number)):
            return kind
    return None


def identity_kinds_from(tables: Sequence[Mapping[str, object]]) -> tuple[IdentityKind, ...]:
    """The kinds of the rule file, in its order."""
    return tuple(
        IdentityKind(
            id=str(table["id"]),
            pattern=str(table["pattern"]),
            has_check_digit=bool(table["check_digit"]),
            says_birth_and_sex=bool(table["says_birth_and_sex"]),
            nationalities=tuple(str(name) for name in _listed(table["nationalities"])),
            needs_second_person=bool(table["needs_second_person"]),
            unchecked=bool(table.get("unchecked", True)),
        )
        for table in tables
    )


def _listed(value: object) -> Sequence[object]:
    if not isinstance(value, list):
        raise TypeError("a list is expected in the rule file")
    return value
