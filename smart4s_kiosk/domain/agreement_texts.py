"""The words that bind in a test drive: versioned clauses as data, with those the law wants pointed out.

A version is never edited: a manager's change makes a new one, and every agreement names the version and hash it was
signed under. `**bold**` marks what is printed bold. Important clauses are shown one by one and acknowledged (SAMR order
77 of 2023, art. 6; Civil Code art. 496).
"""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from smart4s_kiosk.domain.agreements import RideKind
from smart4s_kiosk.domain.errors import RuleBroken


class AgreementTextUnreadable(RuleBroken):
    """The file of an agreement text has mistakes."""

    code = "agreement_text.unreadable"


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered clause."""

    code: str
    """Stable through versions and languages, for example "liability"."""
    title: str
    paragraphs: tuple[str, ...]
    kinds: tuple[RideKind, ...] = tuple(RideKind)
    basis: str = ""
    """Law it follows, as printed under it."""
    is_important: bool = False
    """Shown by itself and acknowledged before signing."""
    least_seconds: int = 3
    """Shortest time on the screen before it can be acknowledged."""

    @property
    def plain(self) -> str:
        """All words without the marks of emphasis."""
        return "\n".join((self.title, *self.paragraphs)).replace("**", "")


@dataclass(frozen=True, slots=True)
class Declaration:
    """One sentence that the driver or passenger declares to be true."""

    code: str
    words: str
    kinds: tuple[RideKind, ...] = tuple(RideKind)


@dataclass(frozen=True, slots=True)
class AgreementText:
    """One version in one language."""

    version: str
    language: str
    valid_from: date
    titles: tuple[tuple[RideKind, str], ...]
    clauses: tuple[Clause, ...]
    declarations: tuple[Declaration, ...] = ()

    def title(self, kind: RideKind) -> str:
        return dict(self.titles)[kind]

    def clauses_for(self, kind: RideKind) -> tuple[Clause, ...]:
        return tuple(one for one in self.clauses if kind in one.kinds)

    def important(self, kind: RideKind) -> tuple[Clause, ...]:
        """Those to be read and acknowledged one by one."""
        return tuple(one for one in self.clauses_for(kind) if one.is_important)

    def declarations_for(self, kind: RideKind) -> tuple[Declaration, ...]:
        return tuple(one for one in self.declarations if kind in one.kinds)

    @property
    def hash(self) -> str:
        """SHA-256 (hex) of every word, mark and clause order of this version."""
        facts = [
            self.version,
            self.language,
            self.valid_from.isoformat(),
            [[kind.value, title] for kind, title in self.titles],
            [
                [c.code, c.title, c.paragraphs, [k.value for k in c.kinds], c.basis, c.is_important]
                for c in self.clauses
            ],
            [[d.code, d.words, [k.value for k in d.kinds]] for d in self.declarations],
        ]
        return hashlib.sha256(json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def read_agreement_text(text: str) -> AgreementText:
    """A text from its TOML file; raises `AgreementTextUnreadable` with the reason."""
    try:
        data = tomllib.loads(text)
        return AgreementText(
            version=str(data["version"]),
            language=str(data["language"]),
            valid_from=_day(data["valid_from"]),
            titles=tuple((kind, str(data["titles"][kind.value])) for kind in RideKind),
            clauses=tuple(_clause(one) for one in data["clause"]),
            declarations=tuple(
                Declaration(str(one["code"]), str(one["words"]), _kinds(one)) for one in data["declaration"]
            ),
        )
    except (tomllib.TOMLDecodeError, KeyError, ValueError, TypeError) as error:
        raise AgreementTextUnreadable(reason=f"{type(error).__name__}: {error}") from error


def _day(value: object) -> date:
    if type(value) is not date:
        raise ValueError(f"{value!r} is not a date")
    return value


def _kinds(entry: Mapping[str, Any]) -> tuple[RideKind, ...]:
    return tuple(RideKind(one) for one in entry.get("kinds", [kind.value for kind in RideKind]))


def _clause(entry: Mapping[str, Any]) -> Clause:
    paragraphs = tuple(str(one).strip() for one in entry["paragraphs"])
    if any(one.count("**") % 2 for one in paragraphs):
        raise ValueError(f"clause {entry['code']}: a mark of emphasis is not closed")
    return Clause(
        code=str(entry["code"]),
        title=str(entry["title"]),
        paragraphs=paragraphs,
        kinds=_kinds(entry),
        basis=str(entry.get("basis", "")),
        is_important=bool(entry.get("important", False)),
        least_seconds=int(entry.get("least_seconds", 3)),
    )
