"""Check digit of GB 11643-1999 and what a number says."""

from datetime import date

import pytest

from smart4s_kiosk.app.licence_rules import load_licence_rules
from smart4s_kiosk.domain.licence_numbers import check_digit, facts_of, has_right_check_digit, kind_of
from smart4s_kiosk.domain.licences import Sex

KINDS = load_licence_rules().kinds


def test_the_published_example_and_what_it_says() -> None:
    assert has_right_check_digit("11010519491231002X")
    facts = facts_of("11010519491231002X")
    assert facts is not None
    assert (facts.birth, facts.sex) == (date(1949, 12, 31), Sex.FEMALE)


def test_a_number_with_a_day_that_does_not_exist_says_nothing() -> None:
    body = "11010519490230002"
    assert has_right_check_digit(body + check_digit(body))
    assert facts_of(body + check_digit(body)) is None


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("11010519491231002X", "resident"),
        ("110105194912310021", "passport?"),
        ("H12345678", "hong_kong_macao_permit"),
        ("M1234567801", "hong_kong_macao_permit"),
        ("12345678", "taiwan_permit"),
        ("USA123456789012", "foreign_permanent_resident_old"),
        ("E12345678", "passport"),
        ("ABCDEFG", "passport?"),
        ("E12-45678", "passport?"),
        ("", "passport?"),
    ],
)
def test_kinds_of_numbers(number: str, kind: str) -> None:
    found = kind_of(number, KINDS)
    assert (found.id if found else "passport?") == kind


@pytest.mark.parametrize(
    ("body", "kind"),
    [("81000019900101001", "residence_permit_hmt"), ("91110019900101001", "foreign_permanent_resident")],
)
def test_eighteen_digit_kinds_need_their_check_digit(body: str, kind: str) -> None:
    found = kind_of(body + check_digit(body), KINDS)
    assert found is not None
    assert found.id == kind
    wrong = "0" if check_digit(body) != "0" else "1"
    assert kind_of(body + wrong, KINDS) is None


def test_foreign_numbers_do_not_agree_with_a_chinese_nationality() -> None:
    kinds = {kind.id: kind for kind in KINDS}
    assert not kinds["passport"].agrees_with("中国")
    assert not kinds["passport"].agrees_with("")
    assert kinds["passport"].agrees_with("美国")
    assert kinds["resident"].agrees_with("中国")
    assert not kinds["resident"].agrees_with("美国")
    assert kinds["hong_kong_macao_permit"].agrees_with("中国香港")
