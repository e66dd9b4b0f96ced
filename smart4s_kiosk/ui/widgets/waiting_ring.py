"""The ring round a portrait: 60 seconds a turn, black when somebody is on the way; and the small idle ring."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.painting import cover, initial_portrait, picture, ring, round_pen, smooth


class WaitingRing(QWidget):
    """A portrait inside a ring that fills while time passes."""

    def __init__(self, photo: bytes | None, name: str, *, size: int = 386, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image, self._name, self._size = picture(photo), name, size
        self._share, self._is_coming = 0.0, False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        """How much of the turn has passed, 0 to 1."""
        share = min(1.0, max(0.0, share))
        if abs(share - self._share) > 0.0005 or self._is_coming:
            self._share, self._is_coming = share, False
            self.update()

    def show_coming(self) -> None:
        """Somebody is on the way: no clock runs any more."""
        self._is_coming = True
        self.update()

    @property
    def share(self) -> float:
        return self._share

    def sizeHint(self) -> QSize:
        side = look_of(self).px(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        width = look.px(14)
        centre = QPointF(self.width() / 2, self.height() / 2)
        radius = self.width() / 2 - width / 2
        ring(painter, centre, radius, round_pen(look.colour("line"), width), 1)
        if self._is_coming:
            ring(painter, centre, radius, round_pen(look.colour("ink"), width), 1)
        else:
            ring(painter, centre, radius, round_pen(look.colour("accent"), width), self._share)
        inner = self.width() / 2 - width - look.px(15)
        place = QRectF(centre.x() - inner, centre.y() - inner, 2 * inner, 2 * inner)
        clip = QPainterPath()
        clip.addEllipse(place)
        painter.setClipPath(clip)
        if self._image.isNull():
            initial_portrait(painter, place, self._name, look)
        else:
            cover(painter, self._image, place)


class IdleRing(QWidget):
    """A small ring that empties towards the start page."""

    def __init__(self, *, size: int = 56, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size, self._share = size, 1.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        """How much time is left, 1 to 0."""
        self._share = min(1.0, max(0.0, share))
        self.update()

    def sizeHint(self) -> QSize:
        side = look_of(self).px(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        width = look.px(5)
        centre = QPointF(self.width() / 2, self.height() / 2)
        radius = self.width() / 2 - width / 2 - 1
        ring(painter, centre, radius, round_pen(look.colour("line"), width), 1)
        ring(painter, centre, radius, round_pen(look.colour("ink_2"), width), self._share)
