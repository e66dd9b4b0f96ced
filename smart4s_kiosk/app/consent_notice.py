"""Reads the consent texts of `resources/consents`."""

import tomllib
from pathlib import Path

from smart4s_kiosk.domain.consent_texts import ConsentNotice, ConsentWords
from smart4s_kiosk.domain.consents import ConsentKind

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "consents"


LICENCE_KEPT = "licence_reading_kept"
"""The licence text of a store that keeps the pictures for 30 days."""


def load_notice(kind: ConsentKind, folder: Path = FOLDER, *, name: str = "") -> ConsentNotice:
    """The newest version of one text; `name` where a kind has texts of several names."""
    return max(load_notices(kind, folder, name=name), key=lambda notice: notice.version)


def load_notices(kind: ConsentKind, folder: Path = FOLDER, *, name: str = "") -> list[ConsentNotice]:
    """Every version of one text: old ones stay readable with what was agreed under them."""
    return [_read(path) for path in sorted(folder.glob(f"{name or kind.value}-*.toml"))]


def _read(path: Path) -> ConsentNotice:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return ConsentNotice(
        kind=ConsentKind(data["kind"]),
        version=int(data["version"]),
        dated=data["dated"],
        words=tuple(
            ConsentWords(w["language"], tuple((row[0], row[1]) for row in w["rows"]), w["full_text"].strip())
            for w in data["words"]
        ),
    )
