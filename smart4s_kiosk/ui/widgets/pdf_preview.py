"""Pages of a finished PDF, given as pictures, one under the other at the width of the view."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QScroller, QSizePolicy, QVBoxLayout, QWidget

from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.painting import picture, smooth

PAPER = QColor("#FFFFFF")


class _Page(QWidget):
    def __init__(self, image: QImage) -> None:
        super().__init__()
        self._image = image
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        return round(width * self._image.height() / max(1, self._image.width()))

    def sizeHint(self) -> QSize:
        return QSize(self._image.width() // 2, self._image.height() // 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(100, 140)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        painter.fillRect(self.rect(), PAPER)
        painter.drawImage(QRectF(self.rect()), self._image)
        painter.setPen(look_of(self).colour("line"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class PdfPreview(QScrollArea):
    """White paper in every theme; scrolls under a finger."""

    def __init__(self, pages: Sequence[bytes] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.LeftMouseButtonGesture)
        self._count = 0
        self.show_pages(pages)

    def show_pages(self, pages: Sequence[bytes]) -> None:
        """PNG or JPEG bytes of each page, in order."""
        paper = QWidget()
        column = QVBoxLayout(paper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look_of(self).px(16))
        images = [image for image in (picture(page) for page in pages) if not image.isNull()]
        for image in images:
            column.addWidget(_Page(image))
        column.addStretch(1)
        self._count = len(images)
        self.setWidget(paper)

    @property
    def page_count(self) -> int:
        return self._count
