"""Texts that a guest agrees to: versions and digests. Words are data, so every old one stays readable."""

import hashlib
from dataclasses import dataclass
from datetime import date

from smart4s_kiosk.domain.consents import ConsentKind


@dataclass(frozen=True, slots=True)
class ConsentWords:
    """One language of one text."""

    language: str
    rows: tuple[tuple[str, str], ...]
    """Label and statement of each short row."""
    full_text: str


@dataclass(frozen=True, slots=True)
class ConsentNotice:
    """One version of one text in all its languages."""

    kind: ConsentKind
    version: int
    dated: date
    words: tuple[ConsentWords, ...]

    def digest(self) -> str:
        """SHA-256 (hex) over every word of every language: what a consent record points at."""
        lines = [f"{self.kind}|{self.version}|{self.dated.isoformat()}"]
        for words in self.words:
            lines.append(words.language)
            lines.extend(f"{label}|{statement}" for label, statement in words.rows)
            lines.append(words.full_text)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()
