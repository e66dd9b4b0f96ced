"""Which bundled font draws which character; a character that none can draw is refused, never left blank.

Only embedded subsets reach a page. reportlab writes wrong ToUnicode entries beyond the basic plane (𠮷 would be copied
as another character), so the map is written here, as UTF-16BE.
"""

import threading
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFError, TTFont

from smart4s_kiosk.domain.errors import RuleBroken, Unavailable

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "fonts"
MAPPINGS_A_BLOCK = 100
"""Most entries of one bfchar block (PDF 32000-1, 9.10.3 with the CMap specification)."""


class GlyphMissing(RuleBroken):
    """No bundled font can draw this character."""

    code = "documents.glyph_missing"


class PaperFontMissing(Unavailable):
    """A bundled font file is absent or damaged: nothing can be put on paper."""

    code = "documents.font_missing"

    def __init__(self, file: str) -> None:
        super().__init__("fonts", waiting_helps=False, file=file)


class Weight(StrEnum):
    """The three weights; the value is the font's name in a PDF."""

    REGULAR = "NotoSansSC-Regular"
    MEDIUM = "NotoSansSC-Medium"
    BOLD = "NotoSansSC-Bold"


RARE = "Smart4SRare-Regular"
_loading = threading.Lock()
FILES = {name: FOLDER / f"{name}.ttf" for name in (*(weight.value for weight in Weight), RARE)}


class EmbeddedFont(TTFont):
    """A TrueType font whose characters can be copied out of the PDF again."""

    def addObjects(self, doc: Any) -> None:
        """Add the subsets, then replace reportlab's ToUnicode maps."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = b"".join((SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)).decode("ascii")
            doc.idToObject["toUnicodeCMap:" + name].content = to_unicode(name, subset)


def to_unicode(name: str, subset: list[int]) -> str:
    """The CMap from the codes of one subset to UTF-16BE."""
    entries = [
        f"<{code:02X}> <{chr(char).encode('utf-16-be').hex().upper()}>" for code, char in enumerate(subset) if char
    ]
    blocks = [entries[start : start + MAPPINGS_A_BLOCK] for start in range(0, len(entries), MAPPINGS_A_BLOCK)]
    mappings = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return f"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /{name} def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange
{mappings}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


@cache
def drawable(name: str) -> frozenset[int]:
    """Code points that a font draws. Loads and registers it with reportlab on first use (70 ms a weight)."""
    with _loading:
        # Never registered twice: a paper that is being drawn would lose the characters it has used so far.
        if name not in pdfmetrics.getRegisteredFontNames():
            # asciiReadable off: every subset code stands for a character that is really on the page.
            try:
                pdfmetrics.registerFont(EmbeddedFont(name, str(FILES[name]), asciiReadable=False))
            except (OSError, TTFError) as error:
                raise PaperFontMissing(FILES[name].name) from error
        font: Any = pdfmetrics.getFont(name)
        return frozenset(font.face.charToGlyph)


def load_all() -> None:
    """Every weight, so that the first paper of the day is as quick as the second."""
    for name in FILES:
        drawable(name)


@cache
def font_of(character: str, weight: Weight) -> str:
    """Name of the font that draws it; raises `GlyphMissing`."""
    code = ord(character)
    if code in drawable(weight.value):
        return weight.value
    if code in drawable(RARE):
        return RARE
    raise GlyphMissing(character=character, code_point=f"U+{code:04X}")


def runs(text: str, weight: Weight) -> Iterator[tuple[str, str]]:
    """Neighbouring characters of one font: (font name, text)."""
    for name, characters in groupby(text, key=lambda character: font_of(character, weight)):
        yield name, "".join(characters)


def width(text: str, weight: Weight, size: float) -> float:
    """Width in points as it will be drawn; raises `GlyphMissing`."""
    return float(sum(pdfmetrics.stringWidth(part, name, size) for name, part in runs(text, weight)))


def must_be_drawable(*texts: str) -> None:
    """Raises `GlyphMissing` for the first character that could not be printed: asked before anybody signs."""
    for text in texts:
        for character in text:
            if character != "\n":
                font_of(character, Weight.REGULAR)
