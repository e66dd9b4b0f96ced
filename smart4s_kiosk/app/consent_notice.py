"""Reads the consent texts of `resources/consents`."""

import tomllib
from pathlib import Path

from smart4s_kiosk.domain.consent_texts import ConsentNotice, ConsentWords
from smart4s_kiosk.domain.consents import ConsentKind

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "consents"


def load_notice(kind: ConsentKind, folder: Path = FOLDER) -> ConsentNotice:
    """The newest version of one text."""
    return max(load_notices(kind, folder), key=lambda notice: notice.version)


def load_notices(kind: ConsentKind, folder: Path = FOLDER) -> list[ConsentNotice]:
    """Every version of one text: old ones stay readable with what was agreed under them."""
    return [_read(path) for path in sorted(folder.glob(f"{kind.value}-*.toml"))]


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
