"""Frozen values to JSON text and back, guided by the declared types of their fields."""

import base64
import json
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints


def to_text(value: object) -> str:
    """One line of JSON. Accepts dataclasses, tuples, dicts with text keys, times, dates, Decimals, enums and bytes."""
    return json.dumps(to_plain(value), ensure_ascii=False, separators=(",", ":"))


def from_text(kind: Any, text: str) -> Any:
    """The value of type `kind` that `to_text` wrote.

    Fields that are missing take their default and fields that `kind` no longer has are passed over, so a row written
    by the version before can be read.
    """
    return from_plain(kind, json.loads(text))


def to_plain(value: object) -> Any:
    """`value` in terms of dict, list, str, int, float, bool and None."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float):
        return value
    if is_dataclass(value):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no plain form")


_SIMPLE: dict[Any, Any] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    time: time.fromisoformat,
    bytes: base64.b64decode,
    Decimal: Decimal,
    float: float,
}


def from_plain(kind: Any, plain: Any) -> Any:
    """The value of type `kind` behind `plain`."""
    if isinstance(kind, NewType):
        return from_plain(kind.__supertype__, plain)
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        return None if plain is None else from_plain(_the_other_than_none(kind), plain)
    if origin is tuple:
        return _tuple(get_args(kind), plain)
    if origin is dict:
        return {key: from_plain(get_args(kind)[1], item) for key, item in plain.items()}
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{name: from_plain(hints[name], item) for name, item in plain.items() if name in hints})
    if kind in _SIMPLE:
        return _SIMPLE[kind](plain)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(plain)
    return plain


def _the_other_than_none(kind: Any) -> Any:
    others = [arm for arm in get_args(kind) if arm is not types.NoneType]
    if len(others) != 1:
        raise TypeError(f"{kind} has more than one form besides None")
    return others[0]


def _tuple(kinds: tuple[Any, ...], plain: list[Any]) -> tuple[Any, ...]:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(from_plain(kinds[0], item) for item in plain)
    return tuple(from_plain(kind, item) for kind, item in zip(kinds, plain, strict=True))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
