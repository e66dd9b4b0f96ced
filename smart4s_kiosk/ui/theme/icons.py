"""Outline icons: our own SVG files on a 24 grid, drawn in the text colour at any size."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from smart4s_kiosk.ui.theme.tokens import RESOURCES

FOLDER = RESOURCES / "theme" / "icons"


class UnknownIcon(LookupError):
    """No such file in resources/theme/icons."""


def names() -> tuple[str, ...]:
    """Every icon there is."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.svg")))


def stroke_for(size: float) -> float:
    """Line width on the 24 grid: lines stay about 5 px on large icons and never look thin on small ones."""
    return min(1.75, max(1.15, 5 * 24 / max(1.0, size)))


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    path: Path = FOLDER / f"{name}.svg"
    if not path.is_file():
        raise UnknownIcon(name)
    return path.read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str, stroke: float) -> QSvgRenderer:
    text = _source(name).replace("currentColor", colour).replace('stroke-width="1.75"', f'stroke-width="{stroke:.2f}"')
    return QSvgRenderer(QByteArray(text.encode()))


def draw_icon(painter: QPainter, name: str, place: QRectF, colour: QColor) -> None:
    """Draws icon `name` to fill the square `place`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.save()
    painter.setOpacity(painter.opacity() * colour.alphaF())
    _renderer(name, colour.name(), stroke_for(place.width())).render(painter, place)
    painter.restore()


def icon(name: str, colour: QColor, size: int, ratio: float = 2.0) -> QIcon:
    """A QIcon for plain Qt widgets (menus, tables)."""
    _source(name)  # an unknown name must fail before a painter is open on the pixmap
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw_icon(painter, name, QRectF(0, 0, size, size), colour)
    painter.end()
    return QIcon(pixmap)
