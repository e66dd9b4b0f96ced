"""gettext without outside tools: `extract` collects messages into the catalogue, `compile` makes the .mo files."""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "resources" / "locales"


def area_of(name: str) -> str:
    """Which part of the catalogue a source file's words stand in: a surface of the screens, else its layer."""
    parts = Path(name).parts
    if parts[0] == "ui" and len(parts) > 2:
        return parts[1]
    return Path(parts[0]).stem


def messages_in_code() -> dict[str, str]:
    """Every literal given to `_` or `N_` in the showroom package, with its area; the first area keeps a shared one."""
    found: dict[str, str] = {}
    for name, _line, message, _comments, _context in sorted(
        extract_from_dir(
            str(ROOT / "smart4s_kiosk"), method_map=[("**.py", "python")], keywords={"_": None, "N_": None}
        ),
        key=lambda row: (area_of(row[0]), row[0], row[1]),
    ):
        if isinstance(message, str):
            found.setdefault(message, area_of(name))
    return found


def read_part(path: Path) -> Catalog:
    """One part of the catalogue on disk, or an empty one."""
    if not path.exists():
        return Catalog(locale="zh_CN", charset="utf-8", project="Smart 4S Kiosk")
    with path.open("rb") as source:
        return read_po(source, locale="zh_CN", charset="utf-8")


def known_words(language: Path) -> dict[str, str]:
    """Message to words over all parts of one language."""
    words: dict[str, str] = {}
    for part in sorted(language.glob("*.po")):
        words.update({str(m.id): str(m.string) for m in read_part(part) if m.id and m.string})
    return words


def extract() -> None:
    """Add new messages with empty words to their area's part, drop those that no line uses any more."""
    language = LOCALES / "zh_CN"
    language.mkdir(parents=True, exist_ok=True)
    used, words = messages_in_code(), known_words(language)
    for area in sorted(set(used.values()) | {part.stem for part in language.glob("*.po")}):
        catalogue = Catalog(locale="zh_CN", charset="utf-8", project="Smart 4S Kiosk", fuzzy=False)
        for message in sorted(m for m, a in used.items() if a == area):
            catalogue.add(message, string=words.get(message, ""))
        with (language / f"{area}.po").open("wb") as target:
            write_po(target, catalogue, width=110, omit_header=True)


def compile_all() -> None:
    """Join the parts of each language into the one catalogue that the program loads."""
    for language in sorted(path for path in LOCALES.iterdir() if path.is_dir()):
        joined = Catalog(locale=language.name, charset="utf-8", project="Smart 4S Kiosk", fuzzy=False)
        for message, word in known_words(language).items():
            joined.add(message, string=word)
        target = language / "LC_MESSAGES" / "smart4s.mo"
        target.parent.mkdir(exist_ok=True)
        with target.open("wb") as file:
            write_mo(file, joined)


if __name__ == "__main__":
    {"extract": extract, "compile": compile_all}[sys.argv[1]]()
