"""Every word that a widget really paints, whoever paints it: caught by a paint engine that draws nothing.

Labels, cells of tables, headings, keys, tiles and charts all end in `drawTextItem`; there stands what is drawn,
where, in which colour and within which clip.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QPaintDevice, QPaintEngine, QRegion
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget

SLACK = 2.0
"""Pixels that a sign may reach beyond its clip: the bearing of the outline, not a cut word."""
TAIL = 0.05
"""Share of a sign's height: the tip of a large g below its line."""
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class PaintedWord:
    """One run of signs; places in the widget's own pixels."""

    text: str
    place: QRectF
    ink: QRectF
    """The outline of the signs."""
    clip: QRectF
    colour: QColor


class _Listener(QPaintEngine):
    """Keeps the words and leaves everything else undrawn."""

    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.words: list[PaintedWord] = []

    def begin(self, _device: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def updateState(self, _state: Any) -> None: ...

    def drawPixmap(self, *_args: Any) -> None: ...

    def drawTiledPixmap(self, *_args: Any) -> None: ...

    def drawImage(self, *_args: Any) -> None: ...

    def drawPath(self, *_args: Any) -> None: ...

    def drawPolygon(self, *_args: Any) -> None: ...

    def drawRects(self, *_args: Any) -> None: ...

    def drawLines(self, *_args: Any) -> None: ...

    def drawEllipse(self, *_args: Any) -> None: ...

    def drawPoints(self, *_args: Any) -> None: ...

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def drawTextItem(self, at: Any, item: Any) -> None:
        painter, text = self.painter(), item.text().rstrip()
        colour = QColor(painter.pen().color())
        way = painter.combinedTransform()
        if not text or not colour.alpha() or way.isRotating() or painter.opacity() < 0.01:
            return
        metrics = QFontMetricsF(item.font())
        place = QRectF(at.x(), at.y() - item.ascent(), metrics.horizontalAdvance(text), item.ascent() + item.descent())
        ink = metrics.tightBoundingRect(text).translated(at)
        clip = QRectF(self.systemClip().boundingRect())
        if painter.hasClipping():
            clip = clip.intersected(way.mapRect(painter.clipBoundingRect()))
        self.words.append(PaintedWord(text, way.mapRect(place), way.mapRect(ink), clip, colour))


class _Page(QPaintDevice):
    """A page of the widget's size that only listens."""

    def __init__(self, size: QSize) -> None:
        super().__init__()
        self._size, self.listener = size, _Listener()

    def paintEngine(self) -> QPaintEngine:
        return self.listener

    def metric(self, which: QPaintDevice.PaintDeviceMetric) -> int:
        names = QPaintDevice.PaintDeviceMetric
        known = {
            names.PdmWidth: self._size.width(),
            names.PdmHeight: self._size.height(),
            names.PdmDepth: 32,
            names.PdmDevicePixelRatio: 1,
            names.PdmDevicePixelRatioScaled: int(self.devicePixelRatioFScale()),
        }
        dots = {names.PdmDpiX, names.PdmDpiY, names.PdmPhysicalDpiX, names.PdmPhysicalDpiY}
        return 96 if which in dots else known.get(which, 0)


def words_of(widget: QWidget) -> list[PaintedWord]:
    """What this widget paints itself, its children aside."""
    if widget.size().isEmpty():
        return []
    page = _Page(widget.size())
    widget.render(page, QPoint(), QRegion(), QWidget.RenderFlag(0))
    return page.listener.words


def own_words(widget: QWidget) -> str:
    """What it was told to say: an ellipsis in there is meant."""
    said = [widget.accessibleName()]
    for name in ("text", "placeholderText", "currentText", "toPlainText"):
        told = getattr(widget, name, "")
        said.append(str(told() if callable(told) else told))
    return " ".join(said)


def cut(widget: QWidget, word: PaintedWord, *, rolls: bool) -> str:
    """How the word is cut, or nothing. `rolls`: the widget lies in a list, where a line may be half out of sight."""
    if ELLIPSIS in word.text and ELLIPSIS not in own_words(widget):
        return "elided"
    if isinstance(widget, QLineEdit) and widget.text():
        return ""  # what is typed may be longer than its field: it moves along
    sideways = word.ink.left() < word.clip.left() - SLACK or word.ink.right() > word.clip.right() + SLACK
    tail = max(SLACK, TAIL * word.ink.height())
    upright = word.ink.top() < word.clip.top() - tail or word.ink.bottom() > word.clip.bottom() + tail
    return "clipped" if sideways or (upright and not rolls) else ""


def tables_wider_than_their_place(widgets: Iterator[QWidget]) -> list[str]:
    """Columns beyond the edge of a table or list are cut as well."""
    return [
        f"sideways: {type(view).__name__} is {view.horizontalScrollBar().maximum()} wider than its place"
        for view in widgets
        if isinstance(view, QAbstractItemView) and view.horizontalScrollBar().maximum() > 0
    ]
