"""Bars by hour: values above them, unknown hours hatched and never zero, what is usual as a dashed line in its band."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.ui.theme.lettering import text_width
from smart4s_kiosk.ui.theme.look import Look, look_of
from smart4s_kiosk.ui.widgets.painting import panel, smooth

STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


def label_every(wide: float, room: float) -> int:
    """Every how many hours the axis names one: hours are `wide` pixels apart and a name takes `room`."""
    return next((every for every in (1, 2, 3, 4, 6) if every * wide >= room), 12)


@dataclass(frozen=True, slots=True)
class HourBar:
    """One hour; `value` None has no bar. `is_unknown` adds a hatched part."""

    hour: int
    value: int | None
    is_unknown: bool = False
    usual: float | None = None
    low: float | None = None
    high: float | None = None


class HourChart(QWidget):
    """`colour` is the role of the bars, `strong` that of the highlighted hour."""

    def __init__(self, colour: str = "accent", strong: str = "accent", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[HourBar, ...] = ()
        self._colour, self._strong = colour, strong
        self._now: float | None = None
        self._now_words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_bars(self, bars: tuple[HourBar, ...], *, now: float | None = None, now_words: str = "") -> None:
        """`now` is the present time in hours (14.6); None on another day."""
        self._bars, self._now, self._now_words = bars, now, now_words
        told = (f"{bar.hour}: {'?' if bar.is_unknown and not bar.value else bar.value}" for bar in bars)
        self.setAccessibleName("; ".join(told))
        self.update()

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(360), look.px(170))

    def top_of_scale(self) -> int:
        """The highest line of the scale."""
        values = [float(bar.value or 0) for bar in self._bars] + [bar.high or 0.0 for bar in self._bars]
        most = max(values, default=0.0)
        step = next((step for step in STEPS if step * 2 >= most), STEPS[-1])
        return step * 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._bars:
            return
        look = look_of(self)
        painter = smooth(QPainter(self))
        line = look.style("caption").line
        head = line + look.px(4) if self._now_words else look.px(8)
        plot = QRectF(look.px(34), head, self.width() - look.px(38), self.height() - head - line - look.px(6))
        most = self.top_of_scale()

        def place(number: int, value: float) -> QPointF:
            wide = plot.width() / len(self._bars)
            return QPointF(plot.left() + (number + 0.5) * wide, plot.bottom() - plot.height() * value / most)

        self._draw_usual(painter, look, place)
        self._draw_scale(painter, look, plot, most)
        self._draw_now(painter, look, plot)  # below the bars, so that no value is struck through
        for number, bar in enumerate(self._bars):
            self._draw_bar(painter, look, plot, place, number, bar)

    def _draw_scale(self, painter: QPainter, look: Look, plot: QRectF, most: int) -> None:
        painter.setFont(look.font("caption"))
        for value in (0, most // 2, most):
            y = plot.bottom() - plot.height() * value / most
            painter.setPen(QPen(look.colour("line"), 1))
            painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
            painter.setPen(look.colour("ink_2"))
            box = QRectF(0, y - look.px(10), plot.left() - look.px(8), look.px(20))
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(value))

    def _draw_bar(
        self,
        painter: QPainter,
        look: Look,
        plot: QRectF,
        place: Callable[[int, float], QPointF],
        number: int,
        bar: HourBar,
    ) -> None:
        wide = plot.width() / len(self._bars)
        thick = min(wide * 0.62, look.px(30))
        top = place(number, bar.value or 0)
        is_now = self._now is not None and int(self._now) == bar.hour
        box = QRectF(top.x() - thick / 2, top.y(), thick, plot.bottom() - top.y())
        if bar.is_unknown:
            self._hatch(painter, look, QRectF(box.left(), box.top() - look.px(22), thick, look.px(22)))
        if bar.value:
            colour = look.colour(self._strong if is_now else self._colour)
            panel(painter, box, look.px(3), colour)
            self._write_value(painter, look, box, str(bar.value), colour)
        elif bar.value == 0 and not bar.is_unknown:
            self._write(painter, look, QRectF(box.left() - 10, box.top() - look.px(20), thick + 20, look.px(18)), "0")
        room = text_width("23", look.font("caption")) + look.px(8)
        if bar.hour % label_every(wide, room) == 0:
            below = QRectF(top.x() - room / 2, plot.bottom() + look.px(4), room, look.style("caption").line)
            self._write(painter, look, below, str(bar.hour))

    def _write_value(self, painter: QPainter, look: Look, box: QRectF, words: str, fill: QColor) -> None:
        line = look.style("caption").line
        inside = box.height() > line + look.px(4)
        place = QRectF(box.left() - 10, box.top() + look.px(2) if inside else box.top() - line, box.width() + 20, line)
        dark = fill.lightnessF() < 0.55
        painter.setFont(look.font("caption", weight=500))
        painter.setPen(QColor("#FFFFFF" if dark else "#16181D") if inside else look.colour("ink"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def _write(self, painter: QPainter, look: Look, place: QRectF, words: str) -> None:
        painter.setFont(look.font("caption"))
        painter.setPen(look.colour("ink_2"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def _hatch(self, painter: QPainter, look: Look, place: QRectF) -> None:
        painter.fillRect(place, look.colour("surface"))
        painter.fillRect(place, QBrush(look.colour("line_strong"), Qt.BrushStyle.BDiagPattern))

    def _draw_usual(self, painter: QPainter, look: Look, place: Callable[[int, float], QPointF]) -> None:
        known = [(n, bar) for n, bar in enumerate(self._bars) if bar.usual is not None]
        if len(known) < 2:
            return
        upper = [place(n, bar.high or 0) for n, bar in known]
        lower = [place(n, bar.low or 0) for n, bar in known]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent_soft"))
        painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))
        painter.setPen(QPen(look.colour("accent"), max(1, look.px(1.5)), Qt.PenStyle.DashLine))
        middle = [place(n, bar.usual or 0) for n, bar in known]
        for one, other in pairwise(middle):
            painter.drawLine(one, other)

    def _draw_now(self, painter: QPainter, look: Look, plot: QRectF) -> None:
        first, last = self._bars[0].hour, self._bars[-1].hour
        if self._now is None or not self._now_words or not first <= self._now <= last + 1:
            return
        x = plot.left() + plot.width() * (self._now - first) / max(1, last + 1 - first)
        painter.setPen(QPen(look.colour("ink"), max(1, look.px(1.5)), Qt.PenStyle.DotLine))
        painter.drawLine(QLineF(x, 0, x, plot.bottom()))
        painter.setFont(look.font("caption", weight=500))
        room = self.width() - x
        wide = painter.fontMetrics().horizontalAdvance(self._now_words) + look.px(8)
        left = x + look.px(6) if room > wide else x - wide
        box = QRectF(left, 0, wide, look.style("caption").line)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._now_words)
