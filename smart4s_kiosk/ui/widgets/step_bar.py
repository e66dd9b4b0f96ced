"""Where the visitor is in a flow of a few named steps; the words never wrap."""

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.ui.theme.icons import draw_icon
from smart4s_kiosk.ui.theme.lettering import text_width
from smart4s_kiosk.ui.theme.look import Look, look_of
from smart4s_kiosk.ui.widgets.painting import ring, round_pen, smooth


class StepBar(QWidget):
    """Done steps have an ink tick, the present one an accent ring and medium weight."""

    def __init__(self, steps: tuple[str, ...], current: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps, self._current = steps, current
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_step(current)

    def show_step(self, current: int) -> None:
        """`len(steps)` means that all are done."""
        self._current = current
        name = self._steps[current] if current < len(self._steps) else self._steps[-1]
        self.setAccessibleName(f"{min(current + 1, len(self._steps))}/{len(self._steps)} {name}")
        self.update()

    def _mark(self, look: Look) -> int:
        return look.px(40 if look.density == "kiosk" else 20)

    def sizeHint(self) -> QSize:
        look = look_of(self)
        font = look.font("note", weight=500)
        words = sum(text_width(step, font) + self._mark(look) + look.px(34) for step in self._steps)
        return QSize(int(words), look.px(60 if look.density == "kiosk" else 32))

    def sticks_out(self) -> bool:
        return self.sizeHint().width() > self.width() + 1

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        size, left, middle = self._mark(look), 0.0, self.height() / 2
        font = look.font("note", weight=500)
        free = self.width() - self.sizeHint().width()
        line = look.px(18) + max(0.0, min(look.px(40), free / max(1, len(self._steps) - 1)))
        for number, step in enumerate(self._steps):
            self._draw_mark(painter, look, number, QPointF(left + size / 2, middle), size)
            left += size + look.px(8)
            tone = "ink" if number == self._current else "ink_2" if number < self._current else "ink_3"
            painter.setFont(look.font("note", weight=500 if number == self._current else 400))
            painter.setPen(look.colour(tone))
            width = text_width(step, font)
            painter.drawText(QRectF(left, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, step)
            left += width + look.px(8)
            if number + 1 < len(self._steps):
                painter.setPen(round_pen(look.colour("line"), look.px(2)))
                painter.drawLine(QLineF(left, middle, left + line - look.px(8), middle))
                left += line

    def _draw_mark(self, painter: QPainter, look: Look, number: int, centre: QPointF, size: int) -> None:
        line = max(2, look.px(2))
        if number < self._current:
            painter.setPen(round_pen(look.colour("ink"), 0.01))
            painter.setBrush(look.colour("ink"))
            painter.drawEllipse(centre, size / 2, size / 2)
            reach = size * 0.3
            inner = QRectF(centre.x() - reach, centre.y() - reach, 2 * reach, 2 * reach)
            draw_icon(painter, "check", inner, look.colour("on_action"))
            return
        tone = "accent" if number == self._current else "line_strong"
        ring(painter, centre, size / 2 - line, round_pen(look.colour(tone), line), 1)
        if number == self._current:
            painter.setBrush(look.colour("accent"))
            painter.drawEllipse(centre, size * 0.18, size * 0.18)
