"""A figure with its label, unit and a comparison in words; a small line without axes. A press opens its list."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.ui.theme.lettering import text_width
from smart4s_kiosk.ui.theme.look import Look, look_of
from smart4s_kiosk.ui.widgets.painted_key import PaintedKey
from smart4s_kiosk.ui.widgets.painting import panel, round_pen, smooth


class Tile(PaintedKey):
    """128 high. `tone` colours the comparison only, and only when somebody must act."""

    pressed_once = Signal()

    def __init__(
        self, label: str, figure: str = "", unit: str = "", compared: str = "", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._label = label
        self._tone = "ink_2"
        self._trend: tuple[float | None, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.pressed_once)
        self.show_figure(figure, unit, compared)

    def show_figure(
        self,
        figure: str,
        unit: str = "",
        compared: str = "",
        *,
        tone: str = "ink_2",
        trend: Sequence[float | None] = (),
    ) -> None:
        """The newest figure; None in `trend` is a gap, never a zero."""
        self._figure, self._unit, self._compared, self._tone = figure, unit, compared, tone
        self._trend = tuple(trend)
        self.setAccessibleName(f"{self._label} {figure} {unit}, {compared}".strip(" ,"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(220), look.px(128))

    def _shows_trend(self, look: Look) -> bool:
        figure = text_width(self._figure, look.font("figure")) + text_width(self._unit, look.font("body"))
        widest = max(figure, text_width(self._compared, look.font("caption")))
        return len(self._trend) > 1 and self.width() - widest > look.px(180)

    def sticks_out(self) -> bool:
        look = look_of(self)
        room = self.width() - 2 * look.px(20)
        lines = ((self._label, "note"), (self._compared, "caption"))
        return any(text_width(text, look.font(style)) > room + 1 for text, style in lines)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        fill = look.colour("quiet" if self.isDown() else "surface")
        panel(painter, QRectF(self.rect()), look.radius("card"), fill, look.colour("line"), look.border("hair"))
        left, top = float(look.px(20)), float(look.px(14))
        top = self._line(painter, look, self._label, "note", "ink_2", QPointF(left, top))
        figure = look.style("figure")
        painter.setFont(look.font("figure"))
        painter.setPen(look.colour("ink"))
        place = QRectF(left, top, self.width() - 2 * left, figure.line)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self._figure)
        if self._unit:
            beside = left + text_width(self._figure, look.font("figure")) + look.px(6)
            self._line(painter, look, self._unit, "body", "ink_2", QPointF(beside, top + figure.line * 0.38))
        self._line(painter, look, self._compared, "caption", self._tone, QPointF(left, top + figure.line))
        if self._shows_trend(look):
            self._draw_trend(painter, look)

    def _line(self, painter: QPainter, look: Look, text: str, style: str, tone: str, at: QPointF) -> float:
        painter.setFont(look.font(style))
        painter.setPen(look.colour(tone))
        high = look.style(style).line
        painter.drawText(QRectF(at.x(), at.y(), self.width() - at.x(), high), Qt.AlignmentFlag.AlignVCenter, text)
        return at.y() + high

    def _draw_trend(self, painter: QPainter, look: Look) -> None:
        wide, high = look.px(120), look.px(40)
        place = QRectF(self.width() - wide - look.px(20), (self.height() - high) / 2, wide, high)
        known = [value for value in self._trend if value is not None]
        low, span = min(known, default=0.0), max(known, default=1.0) - min(known, default=0.0) or 1.0
        painter.setPen(round_pen(look.colour("accent"), look.px(2)))
        run: list[QPointF] = []
        for number, value in enumerate((*self._trend, None)):
            if value is None:
                painter.drawPolyline(QPolygonF(run))
                run = []
                continue
            x = place.left() + wide * number / (len(self._trend) - 1)
            run.append(QPointF(x, place.bottom() - high * (value - low) / span))
