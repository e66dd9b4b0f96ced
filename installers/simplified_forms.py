"""Builds smart4s_kiosk/vision/ocr/simplified_forms.py: traditional characters with their simplified forms (Unihan).

Run by hand when the Unicode database changes: `.venv/bin/python installers/simplified_forms.py UNIHAN`, UNIHAN the folder
of its Unihan_*.txt (on Debian the package `unicode-data`, unpacked). Only pairs count of which the simplified character
stands in the national table of 2013 (kTGH), by which names are registered, and the traditional one does not.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "smart4s_kiosk" / "vision" / "ocr" / "simplified_forms.py"
WIDE = 114
"""Columns of a line; a Chinese character takes two."""
HEAD = '''"""Traditional characters with their simplified forms: one character in two writings, not two that look alike.

Made by installers/simplified_forms.py from the Unicode Han Database (licence: resources/pinyin/LICENCES.txt).
"""

_GROUPS = """
'''
TAIL = '''
"""

SIMPLIFIED: dict[str, str] = {group[0]: group[1:] for group in _GROUPS.split()}
"""The simplified forms of a traditional character that is not in the national table itself."""
'''


def values(file: Path, key: str) -> Iterator[tuple[str, str]]:
    """Each character and its value under one key of the database."""
    for line in file.read_text(encoding="utf-8").splitlines():
        parts = line.split("\t")
        if len(parts) == 3 and parts[1] == key:
            yield _char(parts[0]), parts[2]


def _char(code: str) -> str:
    return chr(int(code.removeprefix("U+"), base=16))


def groups(unihan: Path) -> list[str]:
    """A traditional character and its simplified forms, each as one word."""
    table = {char for char, _ in values(unihan / "Unihan_OtherMappings.txt", "kTGH")}
    found = []
    for char, codes in values(unihan / "Unihan_Variants.txt", "kSimplifiedVariant"):
        simple = "".join(_char(code.split("<")[0]) for code in codes.split())
        known = "".join(one for one in simple if one in table and one != char)
        if char not in table and char <= "\uffff" and known:
            found.append(char + known)
    return found


def main() -> int:
    lines = [""]
    for group in groups(Path(sys.argv[1])):
        if sum(1 + (char > "~") for char in lines[-1] + group) > WIDE:
            lines.append("")
        lines[-1] += f" {group}" if lines[-1] else group
    TARGET.write_text(HEAD + "\n".join(lines) + TAIL, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
