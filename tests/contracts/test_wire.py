"""The wire: every released message still parses byte for byte, and nothing forbidden fits into any of them."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud_connector.contract.commands import COMMANDS
from cloud_connector.contract.envelope import Command, Event, NotUnderstood, command_data, event_data
from cloud_connector.contract.events import EVENTS
from cloud_connector.contract.signing import canonical, sorted_query
from tests.contracts.wire_samples import COMMAND_SAMPLES, EVENT_SAMPLES, VISIT

GOLDEN = Path(__file__).parent / "wire"
FORBIDDEN = [
    "13800138000",
    "138 0013 8000",
    "138-0013-8000",
    "１３８００１３８０００",
    "110101199003077578",
    "京A·12345",
    "京AD12345",
    "沪 B 12345",
    "LSVAA4182E2123456",
    "13800138000@example.com",
]


def an_event(kind: str, schema: int, data: dict[str, Any]) -> Event:
    return Event.model_validate(
        {
            "id": "e-1",
            "type": kind,
            "schema": schema,
            "aggregate": f"visit:{VISIT}",
            "seq": 7,
            "occurred_at": "2026-11-21T02:21:00Z",
            "expires_at": None,
            "data": data,
        }
    )


def texts_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [p for key, inner in value.items() for p in texts_in(inner, (*path, key))]
    if isinstance(value, list):
        return [p for number, inner in enumerate(value) for p in texts_in(inner, (*path, number))]
    return [path] if isinstance(value, str) else []


def with_text(value: Any, path: tuple[Any, ...], text: str) -> Any:
    if not path:
        return text
    if isinstance(value, dict):
        return {k: with_text(v, path[1:], text) if k == path[0] else v for k, v in value.items()}
    return [with_text(v, path[1:], text) if n == path[0] else v for n, v in enumerate(value)]


def test_every_message_has_a_sample_and_a_golden_file() -> None:
    assert set(EVENT_SAMPLES) == set(EVENTS)
    assert set(COMMAND_SAMPLES) == set(COMMANDS)
    assert {p.stem for p in (GOLDEN / "events").iterdir()} >= {f"{k}.v{s}" for k, s in EVENTS}
    assert {p.stem for p in (GOLDEN / "commands").iterdir()} >= {f"{k}.v{s}" for k, s in COMMANDS}


@pytest.mark.parametrize("path", sorted((GOLDEN / "events").glob("*.json")), ids=lambda p: p.stem)
def test_a_released_event_is_still_understood_without_loss(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    event = Event.model_validate_json(text)
    data = event_data(event)
    assert json.loads(event.model_dump_json(by_alias=True)) == json.loads(text)
    assert json.loads(data.model_dump_json()) == json.loads(text)["data"]


@pytest.mark.parametrize("path", sorted((GOLDEN / "commands").glob("*.json")), ids=lambda p: p.stem)
def test_a_released_command_is_still_understood_without_loss(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    command = Command.model_validate_json(text)
    data = command_data(command)
    assert json.loads(command.model_dump_json(by_alias=True)) == json.loads(text)
    assert json.loads(data.model_dump_json()) == json.loads(text)["data"]


@pytest.mark.parametrize(("kind", "schema"), sorted(EVENTS))
def test_an_unknown_field_never_leaves_the_showroom(kind: str, schema: int) -> None:
    with pytest.raises(NotUnderstood, match="invalid_data") as refusal:
        event_data(an_event(kind, schema, {**EVENT_SAMPLES[kind, schema], "phone": "13800138000"}))
    assert "13800138000" not in str(refusal.value)


@pytest.mark.parametrize(("kind", "schema"), sorted(COMMANDS))
def test_an_unknown_field_of_a_newer_cloud_is_ignored(kind: str, schema: int) -> None:
    command = Command.model_validate(
        {
            "cursor": 1,
            "id": "c",
            "type": kind,
            "schema": schema,
            "data": {**COMMAND_SAMPLES[kind, schema], "colour": "red"},
            "created_at": "2026-11-21T02:21:00Z",
            "mood": "new",
        }
    )
    assert "colour" not in command_data(command).model_dump()


@pytest.mark.parametrize("secret", FORBIDDEN)
def test_no_text_for_people_can_carry_a_phone_plate_or_number(secret: str) -> None:
    """Ids, userids and links are opaque by construction; everything a person reads is searched."""
    prose = {"form_of_address", "place", "name"}
    tried = 0
    for (kind, schema), data in EVENT_SAMPLES.items():
        for path in texts_in(data):
            if path[-1] in prose:
                tried += 1
                with pytest.raises(NotUnderstood, match="invalid_data"):
                    event_data(an_event(kind, schema, with_text(data, path, secret)))
                with pytest.raises(NotUnderstood, match="invalid_data"):
                    event_data(an_event(kind, schema, with_text(data, path, f"王{secret}先")))
    assert tried >= 6


@given(st.text(alphabet="０１２３４５６７８９0123456789٠١٢٣٤٥٦٧٨٩", min_size=5, max_size=30))
def test_digits_of_any_script_are_digits(number: str) -> None:
    assert all(unicodedata.decimal(letter) >= 0 for letter in number)
    data = {**EVENT_SAMPLES["visit.requested", 1], "place": number}
    with pytest.raises(NotUnderstood):
        event_data(an_event("visit.requested", 1, data))


@pytest.mark.parametrize(
    ("kind", "schema", "code"), [("visit.requested", 99, "unknown_schema"), ("face.seen", 1, "unknown_type")]
)
def test_what_is_not_known_is_refused_by_name(kind: str, schema: int, code: str) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        event_data(an_event(kind, schema, {}))
    assert refusal.value.code == code


def test_more_than_ten_colleagues_do_not_fit_on_a_card() -> None:
    many = [{"id": f"u{n}", "name": "同事"} for n in range(11)]
    with pytest.raises(NotUnderstood, match="colleagues: too_long"):
        event_data(an_event("visit.requested", 1, {**EVENT_SAMPLES["visit.requested", 1], "colleagues": many}))


def test_the_signed_string_is_the_agreed_one() -> None:
    signed = canonical(
        method="get",
        path="/v1/inbox",
        query=[("wait", "25"), ("after", "41")],
        body=b"",
        device_id="dev-1",
        unix_ts=1_763_691_660,
        nonce="00112233445566778899aabbccddeeff",
    )
    assert signed == (
        b"v1\nGET\n/v1/inbox\nafter=41&wait=25\n"
        b"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"
        b"dev-1\n1763691660\n00112233445566778899aabbccddeeff"
    )


@given(st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5)), max_size=6))
def test_the_query_reads_the_same_in_any_order(pairs: list[tuple[str, str]]) -> None:
    assert sorted_query(pairs) == sorted_query(list(reversed(pairs)))


def test_a_line_break_cannot_shift_the_signed_parts() -> None:
    with pytest.raises(ValueError, match="line break"):
        canonical(method="GET", path="/a\nb", query=[], body=b"", device_id="d", unix_ts=1, nonce="n")
