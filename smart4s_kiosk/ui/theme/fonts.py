"""Registers the bundled fonts and says which characters none of them can draw."""

from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QRawFont

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.ui.theme.tokens import RESOURCES, TextStyle

MAIN_FAMILY = "Noto Sans SC"
RARE_FAMILY = "Smart4S Rare"
FAMILIES = (MAIN_FAMILY, RARE_FAMILY)
_FOLDER = RESOURCES / "fonts"


class FontMissing(Unavailable):
    """A bundled font file is absent or unreadable: without it Chinese would be blank boxes."""

    code = "fonts.missing"

    def __init__(self, file: str) -> None:
        super().__init__("fonts", waiting_helps=False, file=file)


@cache
def load_fonts() -> tuple[str, ...]:
    """Register every bundled font once per process; the families found. Needs a QGuiApplication."""
    found: list[str] = []
    for file in sorted(_FOLDER.glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(file))
        if number < 0:
            raise FontMissing(file.name)
        found += QFontDatabase.applicationFontFamilies(number)
    if MAIN_FAMILY not in found:
        raise FontMissing(MAIN_FAMILY)
    return tuple(sorted(set(found)))


def font(style: TextStyle, *, weight: int = 0) -> QFont:
    """The font of one text style; `weight` overrides the style's."""
    made = QFont()
    made.setFamilies(list(FAMILIES))
    made.setPixelSize(max(1, style.size))
    made.setWeight(QFont.Weight(weight or style.weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return made


@cache
def _raw_fonts() -> tuple[QRawFont, ...]:
    load_fonts()
    files = [path for path in sorted(_FOLDER.glob("*.ttf")) if "Medium" not in path.name and "Bold" not in path.name]
    return tuple(QRawFont(str(path), 16, QFont.HintingPreference.PreferNoHinting) for path in files)


def missing_characters(text: str) -> str:
    """The characters of `text` that no bundled font has, each once: refuse them before anything is signed."""
    raw = _raw_fonts()
    absent = [c for c in text if not c.isspace() and not any(one.supportsCharacter(ord(c)) for one in raw)]
    return "".join(dict.fromkeys(absent))


LEFT = Qt.AlignmentFlag.AlignLeft
CENTRE = Qt.AlignmentFlag.AlignHCenter
RIGHT = Qt.AlignmentFlag.AlignRight
