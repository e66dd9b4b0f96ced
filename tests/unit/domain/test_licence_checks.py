"""Contradictions between the fields of one licence, each found and none invented."""

from datetime import date

import pytest

from smart4s_kiosk.domain.licence_checks import (
    add_years,
    contradictions,
    fits_validity,
    is_broken_course,
    is_usual_course,
)
from smart4s_kiosk.domain.licence_numbers import IdentityKind
from smart4s_kiosk.domain.licences import LicenceField, Mark

F = LicenceField
KINDS = (
    IdentityKind(
        "resident",
        r"[1-6]\d{16}[\dX]",
        has_check_digit=True,
        says_birth_and_sex=True,
        nationalities=("中国",),
        needs_second_person=False,
    ),
    IdentityKind(
        "passport",
        r"[A-Z]\d{8}",
        has_check_digit=False,
        says_birth_and_sex=False,
        nationalities=(),
        needs_second_person=True,
    ),
)
GOOD = {
    F.NUMBER: "11010519491231002X",
    F.NAME: "王芳",
    F.SEX: "女",
    F.NATIONALITY: "中国",
    F.BIRTH: "1949-12-31",
    F.FIRST_ISSUE: "1970-03-01",
    F.LICENCE_CLASS: "C1D",
    F.VALID_FROM: "2022-03-01",
    F.VALID_TO: "2032-03-01",
    F.FILE_NUMBER: "110105123456",
}


def marks(changes: dict[LicenceField, str], copies: tuple[str, ...] = ()) -> set[tuple[LicenceField, Mark]]:
    found = contradictions({**GOOD, **changes}, number_copies=copies, kinds=KINDS)
    return {(one.field, one.mark) for one in found}


def test_a_sound_licence_has_none() -> None:
    assert marks({}) == set()
    assert marks({F.VALID_TO: "长期"}) == set()
    assert marks({}, copies=("11010519491231002X",)) == set()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({F.NUMBER: "110105194912310021"}, {(F.NUMBER, Mark.CHECK_DIGIT)}),
        ({F.NUMBER: "1101051949123100"}, {(F.NUMBER, Mark.FORM_WRONG)}),
        ({F.BIRTH: "1949-12-30"}, {(F.BIRTH, Mark.NUMBER_DISAGREES), (F.NUMBER, Mark.NUMBER_DISAGREES)}),
        ({F.SEX: "男"}, {(F.SEX, Mark.NUMBER_DISAGREES), (F.NUMBER, Mark.NUMBER_DISAGREES)}),
        ({F.SEX: "另"}, {(F.SEX, Mark.FORM_WRONG)}),
        ({F.LICENCE_CLASS: "C9"}, {(F.LICENCE_CLASS, Mark.FORM_WRONG)}),
        ({F.FILE_NUMBER: "11010512345"}, {(F.FILE_NUMBER, Mark.FORM_WRONG)}),
        ({F.FIRST_ISSUE: "1970-02-30"}, {(F.FIRST_ISSUE, Mark.FORM_WRONG)}),
        ({F.FIRST_ISSUE: "1960-03-01"}, {(F.FIRST_ISSUE, Mark.DATE_ORDER), (F.BIRTH, Mark.DATE_ORDER)}),
        ({F.FIRST_ISSUE: "2023-03-01"}, {(F.FIRST_ISSUE, Mark.DATE_ORDER), (F.VALID_FROM, Mark.DATE_ORDER)}),
        ({F.VALID_TO: "2030-03-01"}, {(F.VALID_FROM, Mark.VALIDITY_SPAN), (F.VALID_TO, Mark.VALIDITY_SPAN)}),
        ({F.NUMBER: "E12345678", F.NATIONALITY: "美国"}, {(F.NUMBER, Mark.NUMBER_KIND)}),
        ({F.NUMBER: "E12345678"}, {(F.NUMBER, Mark.NUMBER_KIND), (F.NUMBER, Mark.NUMBER_DISAGREES)}),
    ],
)
def test_each_contradiction_is_named(
    changes: dict[LicenceField, str], expected: set[tuple[LicenceField, Mark]]
) -> None:
    assert marks(changes) == expected


def test_a_copy_that_differs_is_a_mark_and_a_suggestion_never_a_repair() -> None:
    wrong = "11010519491231003X"
    found = contradictions({**GOOD, F.NUMBER: wrong}, number_copies=[GOOD[F.NUMBER]], kinds=KINDS)
    number = [one for one in found if one.field is F.NUMBER]
    assert {one.mark for one in number} == {Mark.CHECK_DIGIT, Mark.COPIES_DIFFER}
    assert {one.suggestion for one in number} == {GOOD[F.NUMBER]}


@pytest.mark.parametrize(
    ("start", "end", "fits"),
    [
        (date(2020, 2, 29), date(2026, 2, 28), True),
        (date(2020, 2, 29), date(2030, 2, 28), True),
        (date(2020, 3, 1), date(2026, 2, 28), True),
        (date(2020, 3, 1), date(2027, 3, 1), False),
    ],
)
def test_six_or_ten_years(start: date, end: date, fits: bool) -> None:
    assert fits_validity(start, end) is fits


def test_the_leap_day_becomes_the_28th() -> None:
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("first", "start", "end", "usual"),
    [
        ("2013-12-18", "2013-12-18", "2019-12-18", True),
        ("2013-12-18", "2019-12-18", "2029-12-18", True),
        ("2003-09-04", "2019-09-04", "2029-09-04", True),
        ("1988-03-16", "1988-03-16", "1986-03-16", False),
        ("1988-03-16", "1996-03-16", "2006-03-16", False),
        ("2013-12-18", "2019-12-16", "2029-12-18", False),
        ("2013-12-18", "2019-12-18", "长期", False),
        ("", "2019-12-18", "2029-12-18", False),
    ],
)
def test_the_usual_course_of_renewals(first: str, start: str, end: str, usual: bool) -> None:
    assert is_usual_course(first, start, end) is usual


@pytest.mark.parametrize(
    ("dates", "is_broken"),
    [
        (("1996-03-16", "2012-03-16", "2022-03-16"), False),
        (("1996-03-16", "1996-03-16", "2002-03-16"), False),
        (("1990-03-16", "2014-03-16", "2024-03-16"), False),  # 6 + 6 + 6 + 6
        (("1998-03-16", "2006-03-16", "2016-03-16"), True),  # 1990, its 0 read as 8
        (("1996-03-16", "2006-03-16", "2016-03-16"), True),  # 1990, its 0 read as 6
        (("1996-03-16", "2012-03-16", "2023-03-16"), True),
        (("1997-03-16", "2012-05-20", "2022-05-20"), False),  # a new class moved the day
        (("1996-03-16", "2012-03-16", "长期"), False),
        (("1996-03-16", "2012-02-31", "2022-03-16"), False),
    ],
)
def test_a_misread_year_breaks_the_course_of_renewals(dates: tuple[str, str, str], *, is_broken: bool) -> None:
    assert is_broken_course(*dates) is is_broken
