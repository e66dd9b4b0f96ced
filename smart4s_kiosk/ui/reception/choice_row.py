"""One of several words in a row: digits or arrow keys choose, the chosen one is ink."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from smart4s_kiosk.ui.reception.rows import MIDDLE_LEFT
from smart4s_kiosk.ui.theme.focus_ring import show_focus
from smart4s_kiosk.ui.theme.lettering import text_width
from smart4s_kiosk.ui.theme.look import Look, look_of
from smart4s_kiosk.ui.widgets.painting import panel, smooth
from smart4s_kiosk.ui.widgets.words import Words

GAP, HEIGHT, FACE = 8, 48, 40
"""A part can be pressed a little above and below what is drawn of it."""


class ChoiceRow(QWidget):
    """Each part has its digit; parts go on in a second line where the form is narrow."""

    changed = Signal(int)

    def __init__(self, name: str, parts: Sequence[str], current: int = 0) -> None:
        super().__init__()
        self._parts, self._current, self._name = tuple(parts), current, name
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._tell()

    @property
    def current(self) -> int:
        return self._current

    def choose(self, index: int) -> None:
        """Another part."""
        if 0 <= index < len(self._parts) and index != self._current:
            self._current = index
            self._tell()
            self.update()
            self.changed.emit(index)

    def _tell(self) -> None:
        self.setAccessibleName(f"{self._name}: {self._parts[self._current]}")

    def _places(self, look: Look, width: float) -> list[QRectF]:
        places: list[QRectF] = []
        left, top = 0.0, 0.0
        for part in self._parts:
            wide = text_width(part, look.font("body", weight=500)) + look.px(40)
            if left and left + wide > width:
                left, top = 0.0, top + look.px(HEIGHT)
            places.append(QRectF(left, top, wide, look.px(HEIGHT)))
            left += wide + look.px(GAP)
        return places

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return math.ceil(max(place.bottom() for place in self._places(look_of(self), width)))

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(400), look.px(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A second line needs its room in every kind of layout."""
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def sticks_out(self) -> bool:
        return self.heightForWidth(self.width()) > self.height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdigit() and not event.modifiers():
            self.choose(int(event.text()) - 1)
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.choose(self._current + (1 if event.key() == Qt.Key.Key_Right else -1))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number, place in enumerate(self._places(look_of(self), self.width())):
            if place.contains(event.position()):
                self.choose(number)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        show_focus(self, event.reason())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        for number, place in enumerate(self._places(look, self.width())):
            chosen = number == self._current
            fill, ink = ("action", "on_action") if chosen else ("surface", "ink")
            edge = None if chosen else look.colour("line_strong")
            spare = look.px(HEIGHT - FACE) / 2
            face = place.adjusted(0, spare, 0, -spare)
            panel(painter, face, look.radius("control"), look.colour(fill), edge, 1)
            painter.setPen(look.colour(ink))
            painter.setFont(look.font("body", weight=500))
            word = place.adjusted(look.px(12), 0, 0, 0)
            painter.drawText(word, MIDDLE_LEFT, self._parts[number])
            word.setLeft(word.left() + text_width(self._parts[number], painter.font()) + look.px(8))
            painter.setFont(look.font("caption"))
            painter.drawText(word, MIDDLE_LEFT, str(number + 1))


def labelled(name: str, key: str) -> QHBoxLayout:
    """A field's name at the left, its key at the right."""
    row = QHBoxLayout()
    row.addWidget(Words(name, "note", weight=500, wraps=False))
    row.addStretch(1)
    row.addWidget(Words(key.replace("+", " "), "caption", tone="ink_2", wraps=False))
    return row
