"""gettext without outside tools: `extract` collects messages into the catalogue, `compile` makes the .mo files."""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "resources" / "locales"
CATALOGUE = LOCALES / "zh_CN" / "LC_MESSAGES" / "smart4s.po"


def messages_in_code() -> Catalog:
    """Every literal given to `_` or `N_` in the showroom package."""
    found = Catalog(project="Smart 4S Kiosk", charset="utf-8", header_comment="# Words of Smart 4S Kiosk.")
    for name, _line, message, _comments, _context in extract_from_dir(
        str(ROOT / "smart4s_kiosk"), method_map=[("**.py", "python")], keywords={"_": None, "N_": None}
    ):
        found.add(message, locations=[(f"smart4s_kiosk/{name}", 1)])
    return found


def read_catalogue(path: Path) -> Catalog:
    """The catalogue on disk, or an empty one."""
    if not path.exists():
        return Catalog(locale="zh_CN", charset="utf-8")
    with path.open("rb") as source:
        return read_po(source, locale="zh_CN", charset="utf-8")


def extract() -> None:
    """Add new messages with empty words, drop those that no line uses any more."""
    catalogue = read_catalogue(CATALOGUE)
    catalogue.update(messages_in_code(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as target:
        write_po(target, catalogue, width=110, sort_output=True, no_location=True, omit_header=False)


def compile_all() -> None:
    """Write the .mo beside each .po when it is older."""
    for source in LOCALES.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with target.open("wb") as file:
            write_mo(file, read_catalogue(source))


if __name__ == "__main__":
    {"extract": extract, "compile": compile_all}[sys.argv[1]]()
