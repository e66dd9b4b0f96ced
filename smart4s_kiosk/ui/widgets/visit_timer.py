"""How long a guest has been waiting: figure and bar, amber at 60 s, red at 120 s, the same on every surface."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.painting import panel, smooth


def timer_tone(seconds: float, warn_s: int = 60, alarm_s: int = 120) -> str:
    """The text tone of a waiting time."""
    if seconds >= alarm_s:
        return "danger"
    return "warn" if seconds >= warn_s else "ink"


class TimerBar(QWidget):
    """6 px high; full at the alarm time."""

    def __init__(self, *, warn_s: int = 60, alarm_s: int = 120, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._warn_s, self._alarm_s, self._seconds = warn_s, alarm_s, 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_seconds(self, seconds: float) -> None:
        """The waiting time now."""
        self._seconds = max(0.0, seconds)
        self.update()

    @property
    def fill_role(self) -> str:
        """The colour role of the bar now."""
        if self._seconds >= self._alarm_s:
            return "danger"
        return "warn_fill" if self._seconds >= self._warn_s else "ink_2"

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(120), look.px(6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        high = self.height()
        panel(painter, QRectF(self.rect()), high / 2, look.colour("line"))
        share = min(1.0, self._seconds / self._alarm_s)
        if share > 0:
            place = QRectF(0, 0, max(float(high), self.width() * share), high)
            panel(painter, place, high / 2, look.colour(self.fill_role))
