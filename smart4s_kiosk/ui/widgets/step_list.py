"""What was done, what is going on and what comes next, one line each with its time."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.ui.theme.icons import draw_icon
from smart4s_kiosk.ui.theme.lettering import UNBOUNDED, SetText
from smart4s_kiosk.ui.theme.look import Look, look_of
from smart4s_kiosk.ui.widgets.painting import ring, round_pen, smooth


@dataclass(frozen=True, slots=True)
class StepLine:
    """`mark`: done, skipped, now or later."""

    mark: str
    words: str
    time: str = ""


class StepList(QWidget):
    """Marks in a column joined by short lines; the current step in accent and medium weight."""

    def __init__(self, lines: tuple[StepLine, ...], *, row: int = 96, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines, self._row = lines, row
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    def show_lines(self, lines: tuple[StepLine, ...]) -> None:
        """Newer lines; their number may change."""
        if lines != self._lines:
            if len(lines) != len(self._lines):
                self.updateGeometry()
            self._lines = lines
            self._name()
            self.update()

    def _name(self) -> None:
        self.setAccessibleName("; ".join(f"{line.words} {line.time}".strip() for line in self._lines))

    @property
    def lines(self) -> tuple[StepLine, ...]:
        return self._lines

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(400), look.px(self._row) * len(self._lines))

    def _mark_size(self, look: Look) -> int:
        return look.px(48 if look.density == "kiosk" else 22)

    def _words(self, look: Look, line: StepLine) -> SetText:
        style = look.style("body")
        weight = 500 if line.mark == "now" else 400
        room = self.width() - self._mark_size(look) - look.px(28) - self._time(look, line).natural_width - look.px(16)
        return SetText(line.words, look.font("body", weight=weight), room, style.line * 0.92)

    def _time(self, look: Look, line: StepLine) -> SetText:
        style = look.style("note")
        weight = 500 if line.mark == "now" else 400
        return SetText(line.time, look.font("note", weight=weight), UNBOUNDED, style.line)

    def sticks_out(self) -> bool:
        look = look_of(self)
        row = self.height() / max(1, len(self._lines))
        return any((laid := self._words(look, line)).sticks_out or laid.height > row + 1 for line in self._lines)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        row = self.height() / max(1, len(self._lines))
        size = self._mark_size(look)
        for number, line in enumerate(self._lines):
            middle = (number + 0.5) * row
            self._draw_mark(painter, look, line.mark, QPointF(size / 2, middle), size)
            if number + 1 < len(self._lines):
                painter.setPen(round_pen(look.colour("line"), look.px(3)))
                reach = (row - size) / 2 - look.px(8)
                joint = middle + row / 2
                painter.drawLine(QLineF(size / 2, joint - reach, size / 2, joint + reach))
            tone = "ink" if line.mark == "now" else "ink_2"
            words = self._words(look, line)
            left = size + look.px(28)
            words.draw(painter, QRectF(left, middle - words.height / 2, words.width, words.height), look.colour(tone))
            time = self._time(look, line)
            right = self.width() - time.natural_width
            place = QRectF(right, middle - time.height / 2, time.natural_width, time.height)
            time.draw(painter, place, look.colour("accent" if line.mark == "now" else "ink_2"))

    def _draw_mark(self, painter: QPainter, look: Look, mark: str, centre: QPointF, size: int) -> None:
        line = look.px(4 if look.density == "kiosk" else 2)
        radius = size / 2 - line / 2
        inner = QRectF(centre.x() - size * 0.29, centre.y() - size * 0.29, size * 0.58, size * 0.58)
        if mark in {"done", "skipped"}:
            painter.setPen(round_pen(look.colour("ink" if mark == "done" else "quiet"), 0.01))
            painter.setBrush(look.colour("ink" if mark == "done" else "quiet"))
            painter.drawEllipse(centre, size / 2, size / 2)
            colour = look.colour("on_action" if mark == "done" else "ink_2")
            draw_icon(painter, "check" if mark == "done" else "minus", inner, colour)
        elif mark == "now":
            ring(painter, centre, radius, round_pen(look.colour("accent"), line), 1)
            painter.setBrush(look.colour("accent"))
            painter.setPen(round_pen(look.colour("accent"), 0.01))
            painter.drawEllipse(centre, size * 0.2, size * 0.2)
        else:
            ring(painter, centre, radius, round_pen(look.colour("line_strong"), line), 1)
