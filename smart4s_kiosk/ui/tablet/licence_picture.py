"""The read page, portrait black, with a frame round each field: green where sure, amber where a person has to look."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.licence_sheets import LicenceSheet, RowState
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.painting import picture, round_pen, rounded, smooth


class LicencePicture(QWidget):
    """Whole page, as large as fits, never cut."""

    def __init__(self) -> None:
        super().__init__()
        self._images: tuple[QImage, ...] = ()
        self._sheet: LicenceSheet | None = None
        self._page = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(180)

    def show_sheet(self, sheet: LicenceSheet) -> None:
        """Pictures and marks of this reading."""
        if self._sheet is None or sheet.pages != self._sheet.pages:
            self._images = tuple(picture(page.picture) for page in sheet.pages)
        self._sheet = sheet
        self._page = min(self._page, max(0, len(self._images) - 1))
        self.update()

    def show_pictures(self, pictures: tuple[bytes, ...]) -> None:
        """Pictures alone, without what was read from them."""
        self._images, self._sheet, self._page = tuple(picture(one) for one in pictures), None, 0
        self.update()

    def show_page(self, number: int) -> None:
        self._page = number
        self.update()

    @property
    def page(self) -> int:
        return self._page

    def clear(self) -> None:
        """Forget the pictures at once."""
        self._images, self._sheet = (), None
        self.update()

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(540), look.px(360))

    def _place(self, image: QImage) -> QRectF:
        scale = min(self.width() / image.width(), self.height() / image.height())
        wide, high = image.width() * scale, image.height() * scale
        return QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        painter.setClipPath(rounded(QRectF(self.rect()), look.radius("control")))
        painter.fillRect(self.rect(), look.colour("sunken"))
        image = self._images[self._page] if self._images else QImage()
        if image.isNull():
            painter.setFont(look.font("note"))
            painter.setPen(look.colour("ink_2"))
            words = (
                _("Typed from the document: no picture") if not self._images else _("No picture of this page is kept")
            )
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
            return
        place = self._place(image)
        painter.drawImage(place, image)
        for row in self._sheet.rows if self._sheet else ():
            if row.box is None or row.box.page != self._page:
                continue
            is_open = row.state is RowState.OPEN
            painter.setPen(round_pen(look.colour("warn" if is_open else "success"), look.px(4 if is_open else 2)))
            scale = place.width() / image.width()
            corners = [QPointF(place.left() + x * scale, place.top() + y * scale) for x, y in row.box.corners]
            painter.drawPolygon(QPolygonF(corners))
