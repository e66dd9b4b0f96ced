"""An outline icon on a page, in a text colour."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.ui.theme.icons import draw_icon
from smart4s_kiosk.ui.theme.look import look_of


class Icon(QWidget):
    """`size` is a design size; the icon follows the window's scale."""

    def __init__(self, name: str, size: int, *, tone: str = "ink", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._size, self._tone = name, size, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_icon(self, name: str, tone: str = "") -> None:
        """Another icon at the same place."""
        self._name, self._tone = name, tone or self._tone
        self.update()

    def sizeHint(self) -> QSize:
        side = look_of(self).px(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_icon(QPainter(self), self._name, QRectF(self.rect()), look_of(self).colour(self._tone))


class StateDot(QWidget):
    """A filled dot for a state (a ring when `hollow`); always beside a word."""

    def __init__(self, tone: str, size: int = 18, *, hollow: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone, self._size, self._hollow = tone, size, hollow
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = look_of(self).px(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = look_of(self).colour(self._tone)
        if self._hollow:
            line = max(1.0, self.width() / 5)
            pen = painter.pen()
            pen.setColor(colour)
            pen.setWidthF(line)
            painter.setPen(pen)
            painter.drawEllipse(QRectF(self.rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2))
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QRectF(self.rect()))
