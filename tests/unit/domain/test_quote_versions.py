from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from smart4s_kiosk.domain.ids import QuoteId, StaffId
from smart4s_kiosk.domain.quote_versions import (
    Quote,
    QuoteExpired,
    QuoteNotDraft,
    QuoteNotIssued,
    QuoteStale,
    QuoteState,
    changes,
)
from smart4s_kiosk.domain.quotes import Extra, price
from tests.builders_quotes import RULES, TODAY, a_car, a_draft, a_full_quote

NOW = datetime(2026, 11, 21, 2, 18, tzinfo=UTC)


def a_quote() -> Quote:
    return Quote(QuoteId("q1"), "WJ-20261121-0037", 1, StaffId("s1"), price(a_draft(), RULES, TODAY), NOW)


def test_an_issued_quote_never_changes() -> None:
    issued = a_quote().issue(NOW, TODAY)
    assert (issued.state, issued.issued_at) == (QuoteState.ISSUED, NOW)
    with pytest.raises(QuoteNotDraft):
        issued.issue(NOW, TODAY)
    with pytest.raises(QuoteNotDraft):
        issued.reprice(issued.priced)


def test_figures_of_yesterday_are_not_issued() -> None:
    with pytest.raises(QuoteStale):
        a_quote().issue(NOW, date(2026, 11, 22))


def test_versions_form_a_chain() -> None:
    issued = a_quote().issue(NOW, TODAY)
    old, draft = issued.next_version(QuoteId("q2"), issued.priced, NOW)
    assert (old.state, draft.version, draft.supersedes, draft.number) == (
        QuoteState.REPLACED,
        2,
        issued.id,
        issued.number,
    )
    with pytest.raises(QuoteNotIssued):
        draft.next_version(QuoteId("q3"), issued.priced, NOW)
    with pytest.raises(QuoteNotIssued):
        old.accept(TODAY)


def test_an_expired_quote_is_not_accepted() -> None:
    issued = a_quote().issue(NOW, TODAY)
    assert issued.accept(date(2026, 11, 28)).state is QuoteState.ACCEPTED
    with pytest.raises(QuoteExpired):
        issued.accept(date(2026, 11, 29))


def test_the_check_code_follows_every_figure() -> None:
    quote = a_quote()
    assert len(quote.check_code()) == 9
    assert quote.check_code() == a_quote().check_code()
    dearer = quote.reprice(price(a_draft(a_car(23_980_001)), RULES, TODAY))
    assert dearer.digest() != quote.digest()
    assert replace(quote, version=2).digest() != quote.digest()
    assert b"no_unlisted_charges" in quote.sealed_text()


def test_changes_between_versions_are_listed() -> None:
    before = price(a_draft(extras=(Extra("脚垫", 80_000), Extra("贴膜", 200_000))), RULES, TODAY)
    after = price(a_draft(discount_fen=600_000, extras=(Extra("贴膜", 150_000),)), RULES, TODAY)
    found = [(one.code, one.name, one.before_fen, one.after_fen) for one in changes(before, after)]
    assert found == [
        ("discount", "", None, -600_000),
        ("purchase_tax", "", 1_061_062, 1_034_513),
        ("extra", "贴膜", 200_000, 150_000),
        ("extra", "脚垫", 80_000, None),
    ]
    assert changes(before, before) == ()


def test_the_loan_is_part_of_what_is_sealed() -> None:
    quote = a_full_quote()
    assert b'[16000000,36,"equal_instalment","0.045","0.0450"]' in quote.sealed_text()
    cash = quote.reprice(price(replace(quote.priced.draft, loan=None), RULES, TODAY))
    assert cash.digest() != quote.digest()
