"""The dealer's one-colour logo, or the drawn mark where there is none."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.painting import ring, round_pen, smooth


class BrandMark(QWidget):
    """The dealer's one-colour logo in the text colour, or the drawn mark."""

    def __init__(self, size: int = 58, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = look_of(self).px(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        logo = look.tokens.brand.logo
        if logo is not None and logo.is_file():
            text = logo.read_text(encoding="utf-8").replace("currentColor", look.palette.ink)
            QSvgRenderer(text.encode()).render(painter, QRectF(self.rect()))
            return
        width = self.width() * 0.105
        centre, radius = QPointF(self.width() / 2, self.height() / 2), self.width() / 2 - width / 2
        painter.translate(centre)
        painter.rotate(90)
        ring(painter, QPointF(0, 0), radius, round_pen(look.colour("ink"), width), 0.88)
        painter.resetTransform()
        painter.drawLine(QPointF(self.width() * 0.42, centre.y()), QPointF(self.width() - width / 2, centre.y()))
