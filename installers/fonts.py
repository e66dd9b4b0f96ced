"""Makes `resources/fonts/Smart4SRare-Regular.ttf`: the ideographs that Noto Sans SC's TrueType files lack.

Source: Debian's fonts-noto-cjk (Noto Sans CJK SC, OFL 1.1, reserved name "Source"). Its outlines are CFF, which
reportlab refuses, so they become quadratic curves; the font gets a family name of its own, as the licence wants of
a changed font. Run: python installers/fonts.py
"""

import sys
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
SIMPLIFIED_CHINESE = 2
MAIN = ROOT / "resources" / "fonts" / "NotoSansSC-Regular.ttf"
TARGET = ROOT / "resources" / "fonts" / "Smart4SRare-Regular.ttf"
FAMILY = "Smart4S Rare"
IDEOGRAPHS = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
BALLOT_BOXES = (0x2610, 0x2611, 0x2612)
SAME_EVERY_TIME = 3_700_000_000
"""Seconds since 1904: a fixed date of making, so that the same input gives the same bytes."""


def missing_characters(source: TTFont) -> list[int]:
    """Ideographs that the source has and the main font has not, smallest first."""
    have = TTFont(MAIN).getBestCmap()
    return sorted(
        code
        for code in source.getBestCmap()
        if code not in have and (code in BALLOT_BOXES or any(low <= code <= high for low, high in IDEOGRAPHS))
    )


def quadratic_glyphs(source: TTFont, names: list[str]) -> tuple[dict[str, object], dict[str, tuple[int, int]]]:
    """TrueType outlines (one unit of error at 1000 units an em) and their advance with left bearing."""
    glyph_set = source.getGlyphSet()
    glyphs, metrics = {}, {}
    for name in names:
        pen = TTGlyphPen(None)
        glyph_set[name].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        glyph = pen.glyph()
        glyphs[name] = glyph
        glyph.recalcBounds(None)
        metrics[name] = (glyph_set[name].width, getattr(glyph, "xMin", 0))
    return glyphs, metrics


def build(source: TTFont, codes: list[int]) -> TTFont:
    """The rare font: only the glyphs, their widths and names."""
    cmap = {code: source.getBestCmap()[code] for code in codes}
    names = [".notdef", *dict.fromkeys(cmap.values())]
    glyphs, metrics = quadratic_glyphs(source, names)
    builder = FontBuilder(source["head"].unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(cmap)
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(metrics)
    hhea, os2 = source["hhea"], source["OS/2"]
    builder.setupHorizontalHeader(ascent=hhea.ascent, descent=hhea.descent)
    builder.setupOS2(
        sTypoAscender=os2.sTypoAscender,
        sTypoDescender=os2.sTypoDescender,
        usWinAscent=os2.usWinAscent,
        usWinDescent=os2.usWinDescent,
        fsType=0,
        achVendID="S4SK",
    )
    builder.setupNameTable(
        {
            "copyright": source["name"].getDebugName(0),
            "familyName": FAMILY,
            "styleName": "Regular",
            "uniqueFontIdentifier": "Smart4SRare-Regular 1.0",
            "fullName": FAMILY,
            "version": "Version 1.0",
            "psName": "Smart4SRare-Regular",
            "description": "Rare ideographs from Noto Sans CJK SC, outlines made quadratic, no layout tables.",
            "licenseDescription": source["name"].getDebugName(13),
            "licenseInfoURL": source["name"].getDebugName(14),
        }
    )
    builder.setupPost(keepGlyphNames=False)
    builder.font["head"].created = builder.font["head"].modified = SAME_EVERY_TIME
    return builder.font


def main() -> int:
    if not SOURCE.exists():
        print("apt-get install fonts-noto-cjk", file=sys.stderr)
        return 1
    source = TTFont(SOURCE, fontNumber=SIMPLIFIED_CHINESE)
    codes = missing_characters(source)
    font = build(source, codes)
    font.recalcTimestamp = False
    font.save(TARGET)
    print(f"{TARGET.name}: {len(codes)} characters, {TARGET.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
