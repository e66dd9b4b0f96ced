"""From which hour to which: a line with two knobs, by finger, mouse and arrow keys."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.painting import panel, smooth


class HourRange(QWidget):
    """Whole hours; `changed` when a knob was let go at another hour."""

    changed = Signal(int, int)

    def __init__(self, first: int = 9, last: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first, self._last = first, last
        self._chosen = (first, last)
        self._held = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def chosen(self) -> tuple[int, int]:
        return self._chosen

    def show_limits(self, first: int, last: int) -> None:
        """Other opening hours; a choice that still fits stays, another one is told."""
        was_whole = self._chosen == (self._first, self._last)
        self._first, self._last = first, max(last, first + 1)
        low, high = self._chosen
        if was_whole or not first <= low < high <= last:
            self.choose(self._first, self._last)
        self.update()

    def choose(self, low: int, high: int) -> None:
        """Set both knobs and tell it."""
        low = min(max(low, self._first), self._last - 1)
        high = max(min(high, self._last), low + 1)
        if (low, high) != self._chosen:
            self._chosen = (low, high)
            self.update()
            self.changed.emit(low, high)

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(300), look.px(48))

    def _x(self, hour: float) -> float:
        margin = look_of(self).px(14)
        return margin + (self.width() - 2 * margin) * (hour - self._first) / (self._last - self._first)

    def _hour(self, x: float) -> int:
        margin = look_of(self).px(14)
        share = (x - margin) / max(1.0, self.width() - 2 * margin)
        return round(self._first + share * (self._last - self._first))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        low, high = (abs(event.position().x() - self._x(hour)) for hour in self._chosen)
        self._held = 0 if low <= high else 1

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        hour, (low, high) = self._hour(event.position().x()), self._chosen
        if self._held == 0:
            self.choose(min(hour, high - 1), high)
        elif self._held == 1:
            self.choose(low, max(hour, low + 1))
        self._held = -1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        low, high = self._chosen
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.choose(low, high + step)
        else:
            self.choose(low + step, high)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        middle = self.height() / 2
        low, high = (self._x(hour) for hour in self._chosen)
        line = look.px(4)
        panel(
            painter,
            QRectF(self._x(self._first), middle - line / 2, self._x(self._last) - self._x(self._first), line),
            line / 2,
            look.colour("line"),
        )
        panel(painter, QRectF(low, middle - line / 2, high - low, line), line / 2, look.colour("ink"))
        for x in (low, high):
            painter.setPen(QPen(look.colour("ink"), look.px(2)))
            painter.setBrush(look.colour("surface"))
            painter.drawEllipse(QPointF(x, middle), look.px(10), look.px(10))
        painter.setPen(look.colour("ink_2"))
