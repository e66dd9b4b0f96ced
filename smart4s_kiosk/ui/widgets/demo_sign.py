"""The sign over every window of the demo: nobody may take it for a real showroom."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.theme.lettering import text_width
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.painting import smooth

HEIGHT, SIDE = 22, 12


class DemoSign(QWidget):
    """A tab hanging from the window's upper edge, in the middle; presses fall through it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._over = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.words())
        window.installEventFilter(self)
        self._hang()
        self.show()

    @staticmethod
    def words() -> str:
        return _("Demo: people and data are invented")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle and above what the page adds."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.ChildAdded, QEvent.Type.LayoutRequest}:
            self._hang()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("warn_soft"))
        painter.drawRoundedRect(QRectF(0, -8, self.width(), self.height() + 8), 8, 8)
        painter.setPen(look.colour("warn"))
        painter.setFont(look.font("caption"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.words())
        painter.end()

    def _hang(self) -> None:
        window = self._over
        look = look_of(self)
        width = round(text_width(self.words(), look.font("caption"))) + 2 * SIDE
        self.setGeometry((window.width() - width) // 2, 0, width, HEIGHT)
        self.raise_()
