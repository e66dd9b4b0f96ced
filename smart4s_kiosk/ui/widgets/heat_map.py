"""Where people stood: a one-hue scale on half-metre cells, the plan's lines above it, cars and labels on surface."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.ui.theme.look import Look, look_of
from smart4s_kiosk.ui.widgets.painting import panel, round_pen, smooth

Cells = Sequence[Sequence[float | None]]


@dataclass(frozen=True, slots=True)
class PlanLabel:
    """A car or a zone on the plan; places in cells. `width` 0 is a plain label."""

    words: str
    x: float
    y: float
    width: float = 0.0
    height: float = 0.0


class HeatMap(QWidget):
    """Rows of values; None is "no data" and hatched, never zero."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: Cells = ()
        self._walls: tuple[QLineF, ...] = ()
        self._labels: tuple[PlanLabel, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_cells(self, cells: Cells) -> None:
        """Values of any unit; the largest gets the strongest colour."""
        self._cells = cells
        self.update()

    def show_plan(self, walls: Sequence[tuple[float, float, float, float]], labels: Sequence[PlanLabel]) -> None:
        """Lines (x1, y1, x2, y2) and labels, in cells."""
        self._walls = tuple(QLineF(*wall) for wall in walls)
        self._labels = tuple(labels)
        self.update()

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(640), look.px(400))

    def colour_at(self, share: float) -> QColor:
        """The scale's colour for a share of the largest value (0 to 1)."""
        look = look_of(self)
        scale = [QColor(colour) for colour in look.tokens.charts[look.theme].heat]
        place = min(1.0, max(0.0, share)) * (len(scale) - 1)
        low = min(int(place), len(scale) - 2)
        part, one, other = place - low, scale[low], scale[low + 1]
        return QColor(
            round(one.red() + (other.red() - one.red()) * part),
            round(one.green() + (other.green() - one.green()) * part),
            round(one.blue() + (other.blue() - one.blue()) * part),
        )

    def place(self) -> QRectF:
        """The plan's rectangle, keeping the cells square."""
        rows, columns = len(self._cells), max((len(row) for row in self._cells), default=0)
        if not rows or not columns:
            return QRectF(self.rect())
        side = min(self.width() / columns, self.height() / rows)
        wide, high = side * columns, side * rows
        return QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        if not self._cells:
            return
        place = self.place()
        side = place.width() / max(len(row) for row in self._cells)
        painter.drawImage(place, self._image())
        self._hatch_gaps(painter, look, place, side)
        painter.setPen(round_pen(look.colour("ink_3"), look.px(2)))
        for wall in self._walls:
            painter.drawLine(QLineF(place.topLeft() + wall.p1() * side, place.topLeft() + wall.p2() * side))
        for label in self._labels:
            self._draw_label(painter, look, label, place, side)

    def _image(self) -> QImage:
        """One pixel a cell; scaling it up smoothly makes the soft cells."""
        rows, columns = len(self._cells), max(len(row) for row in self._cells)
        image = QImage(columns, rows, QImage.Format.Format_RGB32)
        most = max((value for row in self._cells for value in row if value is not None), default=0.0) or 1.0
        image.fill(self.colour_at(0))
        for y, row in enumerate(self._cells):
            for x, value in enumerate(row):
                image.setPixelColor(x, y, self.colour_at((value or 0.0) / most))
        return image

    def _hatch_gaps(self, painter: QPainter, look: Look, place: QRectF, side: float) -> None:
        brush = QBrush(look.colour("line_strong"), Qt.BrushStyle.BDiagPattern)
        for y, row in enumerate(self._cells):
            for x, value in enumerate(row):
                if value is None:
                    cell = QRectF(place.left() + x * side, place.top() + y * side, side, side)
                    painter.fillRect(cell, look.colour("surface"))
                    painter.fillRect(cell, brush)

    def _draw_label(self, painter: QPainter, look: Look, label: PlanLabel, place: QRectF, side: float) -> None:
        corner = QPointF(place.left() + label.x * side, place.top() + label.y * side)
        painter.setFont(look.font("caption", weight=500))
        size = painter.fontMetrics().size(0, label.words)
        wide = max(label.width * side, size.width() + look.px(16))
        high = max(label.height * side, size.height() + look.px(6))
        box = QRectF(corner.x(), corner.y(), wide, high)
        panel(painter, box, look.px(6), look.colour("surface"), look.colour("line_strong"), 1)
        painter.setPen(look.colour("ink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label.words)
