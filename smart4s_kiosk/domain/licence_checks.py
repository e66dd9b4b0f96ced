"""Cross-checks between the fields of one licence: what contradicts what, and what may be suggested."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from smart4s_kiosk.domain.licence_numbers import IdentityKind, check_digit, facts_of, has_right_check_digit, kind_of
from smart4s_kiosk.domain.licences import (
    LONG_TERM,
    SEX_WORDS,
    LicenceField,
    Mark,
    date_in,
    is_class,
    is_date,
    is_file_number,
)

Texts = Mapping[LicenceField, str]

ADULT_YEARS = 18
VALIDITY_YEARS = (6, 10)
RENEWAL_YEARS = frozenset({0, *(6 * sixes + 10 * tens for sixes in range(1, 12) for tens in range(8))})
"""Years from the first issue to a later validity: 6 years first, then 10, or 6 again after too many points."""
_DATES = (LicenceField.BIRTH, LicenceField.FIRST_ISSUE, LicenceField.VALID_FROM, LicenceField.VALID_TO)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A field that a rule speaks against."""

    field: LicenceField
    mark: Mark
    suggestion: str = ""


def contradictions(
    texts: Texts, *, number_copies: Sequence[str], kinds: Sequence[IdentityKind]
) -> tuple[Contradiction, ...]:
    """Everything the fields say against each other; empty when nothing does.

    `number_copies` are the other places where the number was read whole (below the portrait, on the sub-page).
    """
    found: list[Contradiction] = []
    for check in (_forms, _number_against_fields, _order_of_dates, _span_of_validity):
        found += check(texts)
    found += _number(texts, number_copies, kinds)
    return tuple(found)


def add_years(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 28 February in a year that lacks it."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def fits_validity(start: date, end: date) -> bool:
    """Whether the end is 6 or 10 years after the start; the last day may be printed as the day before."""
    return any(abs(end - add_years(start, years)) <= timedelta(days=1) for years in VALIDITY_YEARS)


def is_usual_course(first_issue: str, valid_from: str, valid_to: str) -> bool:
    """Whether three dates follow the usual course of renewals: one day of the year; 6 years first, then 10 each.

    Licences may leave it (a new class, an exchange, points), so leaving it contradicts nothing; keeping it means that
    the three readings support each other, year for year.
    """
    return _share_their_day(first_issue, valid_from, valid_to) and _years_follow(first_issue, valid_from, valid_to)


def is_broken_course(first_issue: str, valid_from: str, valid_to: str) -> bool:
    """Whether three dates share month and day, as renewals make them, and yet no renewals of 6 and 10 years lead there.

    A new class or an exchange moves the day too; the same day with such years is rather one misread digit of a year.
    """
    if not _share_their_day(first_issue, valid_from, valid_to):
        return False
    first, start, end = (date_in(text).year for text in (first_issue, valid_from, valid_to))
    return start - first not in RENEWAL_YEARS or end - start not in VALIDITY_YEARS


def _share_their_day(first_issue: str, valid_from: str, valid_to: str) -> bool:
    return (
        is_date(first_issue)
        and is_date(valid_from)
        and is_date(valid_to)
        and first_issue[5:] == valid_from[5:] == valid_to[5:]
    )


def _years_follow(first_issue: str, valid_from: str, valid_to: str) -> bool:
    first, start, end = (date_in(text).year for text in (first_issue, valid_from, valid_to))
    passed = start - first
    return (passed == 0 or passed % 10 == VALIDITY_YEARS[0]) and end - start in VALIDITY_YEARS


def _forms(texts: Texts) -> list[Contradiction]:
    found = []
    for field in _DATES:
        text = texts.get(field, "")
        if text and not is_date(text) and not (field is LicenceField.VALID_TO and text == LONG_TERM):
            found.append(Contradiction(field, Mark.FORM_WRONG))
    forms: dict[LicenceField, Callable[[str], bool]] = {
        LicenceField.LICENCE_CLASS: is_class,
        LicenceField.FILE_NUMBER: is_file_number,
        LicenceField.SEX: lambda text: text in SEX_WORDS,
    }
    for field, is_right in forms.items():
        text = texts.get(field, "")
        if text and not is_right(text):
            found.append(Contradiction(field, Mark.FORM_WRONG))
    return found


def _number(texts: Texts, copies: Sequence[str], kinds: Sequence[IdentityKind]) -> list[Contradiction]:
    number = texts.get(LicenceField.NUMBER, "")
    if not number:
        return []
    suggestion = _better_copy(number, copies)
    found = []
    kind = kind_of(number, kinds)
    if len(number) == 18 and number[:17].isdigit() and not has_right_check_digit(number):
        found.append(Contradiction(LicenceField.NUMBER, Mark.CHECK_DIGIT, suggestion or _other_check_digit(number)))
    elif kind is None:
        found.append(Contradiction(LicenceField.NUMBER, Mark.FORM_WRONG, suggestion))
    elif kind.needs_second_person:
        found.append(Contradiction(LicenceField.NUMBER, Mark.NUMBER_KIND))
        if not kind.agrees_with(texts.get(LicenceField.NATIONALITY, "")):
            found.append(Contradiction(LicenceField.NUMBER, Mark.NUMBER_DISAGREES))
    elif facts_of(number) is None:
        found.append(Contradiction(LicenceField.NUMBER, Mark.FORM_WRONG, suggestion))
    if any(copy != number for copy in copies):
        found.append(Contradiction(LicenceField.NUMBER, Mark.COPIES_DIFFER, suggestion))
    return found


def _better_copy(number: str, copies: Sequence[str]) -> str:
    """A differing copy whose check digit is right: worth showing to the person."""
    return next((copy for copy in copies if copy != number and has_right_check_digit(copy)), "")


def _other_check_digit(number: str) -> str:
    return number[:17] + check_digit(number[:17])


def _number_against_fields(texts: Texts) -> list[Contradiction]:
    facts = facts_of(texts.get(LicenceField.NUMBER, ""))
    if facts is None:
        return []
    found = []
    birth = texts.get(LicenceField.BIRTH, "")
    if birth and birth != facts.birth.isoformat():
        found.append(Contradiction(LicenceField.BIRTH, Mark.NUMBER_DISAGREES, facts.birth.isoformat()))
        found.append(Contradiction(LicenceField.NUMBER, Mark.NUMBER_DISAGREES))
    sex = texts.get(LicenceField.SEX, "")
    if sex in SEX_WORDS and SEX_WORDS[sex] is not facts.sex:
        word = next(word for word, value in SEX_WORDS.items() if value is facts.sex)
        found.append(Contradiction(LicenceField.SEX, Mark.NUMBER_DISAGREES, word))
        found.append(Contradiction(LicenceField.NUMBER, Mark.NUMBER_DISAGREES))
    return found


def _order_of_dates(texts: Texts) -> list[Contradiction]:
    days = {field: date_in(texts[field]) for field in _DATES if is_date(texts.get(field, ""))}
    wrong: set[LicenceField] = set()
    birth, first = days.get(LicenceField.BIRTH), days.get(LicenceField.FIRST_ISSUE)
    start, end = days.get(LicenceField.VALID_FROM), days.get(LicenceField.VALID_TO)
    if birth and first and first.year < birth.year + ADULT_YEARS:  # a misreading; the decision counts to the day
        wrong |= {LicenceField.BIRTH, LicenceField.FIRST_ISSUE}
    if first and start and start < first:
        wrong |= {LicenceField.FIRST_ISSUE, LicenceField.VALID_FROM}
    if start and end and end <= start:
        wrong |= {LicenceField.VALID_FROM, LicenceField.VALID_TO}
    return [Contradiction(field, Mark.DATE_ORDER) for field in _DATES if field in wrong]


def _span_of_validity(texts: Texts) -> list[Contradiction]:
    start, end = texts.get(LicenceField.VALID_FROM, ""), texts.get(LicenceField.VALID_TO, "")
    if not (is_date(start) and is_date(end)) or fits_validity(date_in(start), date_in(end)):
        return []
    fields = (LicenceField.VALID_FROM, LicenceField.VALID_TO)
    return [Contradiction(field, Mark.VALIDITY_SPAN) for field in fields]


def without_repeats(found: Sequence[Contradiction]) -> dict[LicenceField, list[Contradiction]]:
    """Contradictions by field, each mark once, keeping the first suggestion."""
    by_field: dict[LicenceField, list[Contradiction]] = {}
    for one in found:
        known = by_field.setdefault(one.field, [])
        if all(other.mark is not one.mark for other in known):
            known.append(replace(one))
    return by_field
