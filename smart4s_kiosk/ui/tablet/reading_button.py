"""The button under a clause: says how many seconds are left, with the reading bar inside."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent

from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.painting import panel, smooth
from smart4s_kiosk.ui.widgets.touch_button import TouchButton


class ReadingButton(TouchButton):
    """A step's last button with a share of 0 to 1; the bar is gone when it is full."""

    def __init__(self, text: str) -> None:
        super().__init__(text, "primary", height=64)
        self._share = 0.0

    def show_share(self, share: float) -> None:
        self._share = min(1.0, max(0.0, share))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._share >= 1.0:
            return
        look = look_of(self)
        painter = smooth(QPainter(self))
        edge, high = look.px(12), look.px(4)
        track = QRectF(edge, self.height() - look.px(12), self.width() - 2 * edge, high)
        panel(painter, track, high / 2, look.colour("line"))
        if self._share <= 0.0:
            return
        track.setWidth(max(high, track.width() * self._share))
        panel(painter, track, high / 2, look.colour("accent"))
