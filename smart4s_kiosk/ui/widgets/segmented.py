"""Two or three ways of doing one thing, side by side in a well; the present one on a surface."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.ui.theme.lettering import text_width
from smart4s_kiosk.ui.theme.look import Look, look_of
from smart4s_kiosk.ui.widgets.painting import panel, smooth


class Segmented(QWidget):
    """Each part has a word and, where there is room, a small remark after it."""

    chosen = Signal(int)

    def __init__(self, parts: tuple[tuple[str, str], ...], current: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts, self._current = parts, current
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(" / ".join(word for word, _remark in parts))

    @property
    def current(self) -> int:
        return self._current

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(400), look.px(112 if look.density == "kiosk" else 48))

    def _cells(self) -> list[QRectF]:
        inset = look_of(self).px(8 if look_of(self).density == "kiosk" else 4)
        wide = (self.width() - 2 * inset) / len(self._parts)
        return [QRectF(inset + n * wide, inset, wide, self.height() - 2 * inset) for n in range(len(self._parts))]

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for number, cell in enumerate(self._cells()):
            if cell.contains(event.position()) and number != self._current:
                self._current = number
                self.update()
                self.chosen.emit(number)

    def _remark_fits(self, look: Look) -> bool:
        cell = self._cells()[0].width() - look.px(32)
        word, remark = look.font("body", weight=500), look.font("caption")
        return all(text_width(w, word) + text_width(r, remark) + look.px(16) <= cell for w, r in self._parts)

    def sticks_out(self) -> bool:
        look = look_of(self)
        cell = self._cells()[0].width() - look.px(16)
        return any(text_width(word, look.font("body", weight=500)) > cell for word, _remark in self._parts)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        radius = look.radius("control")
        panel(painter, QRectF(self.rect()), radius, look.colour("quiet"))
        fits = self._remark_fits(look)
        for number, (cell, (word, remark)) in enumerate(zip(self._cells(), self._parts, strict=True)):
            is_current = number == self._current
            if is_current:
                panel(painter, cell, radius - look.px(6), look.colour("surface"))
            font, small = look.font("body", weight=500), look.font("caption")
            wide = text_width(word, font)
            total = wide + (text_width(remark, small) + look.px(16) if fits and remark else 0)
            left = cell.center().x() - total / 2
            painter.setFont(font)
            painter.setPen(look.colour("ink" if is_current else "ink_2"))
            place = QRectF(left, cell.top(), cell.width(), cell.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, word)
            if fits and remark:
                painter.setFont(small)
                painter.setPen(look.colour("ink_2"))
                place.moveLeft(left + wide + look.px(16))
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, remark)
