"""A staff portrait clipped to a rounded or round shape; the initial where there is no photo."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.painting import cover, initial_portrait, left_rounded, picture, rounded, smooth


class Photo(QWidget):
    """`width` and `height` are design sizes; 0 takes what the layout gives. Never tinted by a theme."""

    def __init__(
        self,
        data: bytes | None,
        name: str,
        *,
        width: int = 0,
        height: int = 0,
        shape: str = "rounded",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._image, self._name = picture(data), name
        self._width, self._height, self._shape = width, height, shape
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(fixed if width else free, fixed if height else free)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(self._width), look.px(self._height))

    def _path(self) -> QPainterPath:
        look, place = look_of(self), QRectF(self.rect())
        if self._shape == "round":
            path = QPainterPath()
            path.addEllipse(place)
            return path
        if self._shape == "left":
            # Inside a card with a border: the child's corner is the card's minus the border.
            return left_rounded(place, max(1, look.radius("card") - look.border("hair")))
        return rounded(place, look.radius("chip"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        painter.setClipPath(self._path())
        if self._image.isNull():
            initial_portrait(painter, QRectF(self.rect()), self._name, look_of(self))
        else:
            cover(painter, self._image, QRectF(self.rect()))
