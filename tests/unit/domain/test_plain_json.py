"""Facts and settings come back from JSON as they went."""

import json
import typing
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from smart4s_kiosk.domain.events import Colleague, ConsultantRequested, Fact, VisitAccepted
from smart4s_kiosk.domain.ids import VisitId
from smart4s_kiosk.domain.plain_json import from_text, to_text
from smart4s_kiosk.storage import facts


def test_no_fact_is_forgotten() -> None:
    assert set(facts.KINDS) == {kind.__name__ for kind in typing.get_args(Fact)}


def test_a_fact_reads_as_written() -> None:
    at = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
    kind, content = facts.to_row(
        ConsultantRequested(
            visit_id=VisitId("v1"),
            visit_version=4,
            consultant_userid="wang",
            address="张*先生",
            purpose="look",
            party_size=2,
            place="A",
            colleagues=(Colleague("li", "李"),),
            requested_at=at,
            expires_at=at,
        )
    )
    assert kind == "ConsultantRequested"
    assert json.loads(content) == {
        "visit_id": "v1",
        "visit_version": 4,
        "consultant_userid": "wang",
        "address": "张*先生",
        "purpose": "look",
        "party_size": 2,
        "place": "A",
        "colleagues": [{"wecom_userid": "li", "name": "李"}],
        "requested_at": "2026-11-21T02:00:00+00:00",
        "expires_at": "2026-11-21T02:00:00+00:00",
    }


def test_a_row_of_an_older_version_takes_defaults_and_loses_what_is_gone() -> None:
    @dataclass(frozen=True)
    class Now:
        kept: int
        new: Decimal = Decimal("0.5")

    Now.__annotations__ = {"kept": int, "new": Decimal}
    assert from_text(Now, '{"kept": 3, "gone": true}') == Now(3, Decimal("0.5"))


def test_what_has_no_plain_form_is_refused() -> None:
    with pytest.raises(TypeError, match="object has no plain form"):
        to_text((object(),))


def test_a_field_of_two_forms_is_refused() -> None:
    with pytest.raises(TypeError, match="more than one form"):
        from_text(int | str, "3")


def test_a_fact_of_a_newer_program_is_not_guessed_at() -> None:
    with pytest.raises(KeyError):
        facts.from_row("SomethingNew", "{}")


def test_times_of_another_zone_are_kept_as_moments() -> None:
    at = datetime.fromisoformat("2026-11-21T10:00:00+08:00")
    kind, content = facts.to_row(VisitAccepted(VisitId("v"), 1, "a", "b", at))
    back = facts.from_row(kind, content)
    assert isinstance(back, VisitAccepted)
    assert back.accepted_at == at
    assert back.accepted_at.tzinfo is UTC
