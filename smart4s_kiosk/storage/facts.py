"""Facts of the outbox as rows: the fact's name and its content as JSON."""

from typing import Any, cast, get_args

from smart4s_kiosk.domain.events import Fact
from smart4s_kiosk.domain.plain_json import from_text, to_text

KINDS: dict[str, Any] = {kind.__name__: kind for kind in get_args(Fact)}
"""Every fact there is, by the name it is stored under. A fact is never renamed while rows may hold its old name."""


def to_row(fact: Fact) -> tuple[str, str]:
    """The name and the JSON text of a fact."""
    return type(fact).__name__, to_text(fact)


def from_row(kind: str, content: str) -> Fact:
    """The fact that `to_row` wrote. KeyError when this version of the program does not know its name."""
    return cast("Fact", from_text(KINDS[kind], content))
