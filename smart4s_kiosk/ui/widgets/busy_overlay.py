"""What is being waited for, over the page, with a way out; shown only when waiting takes longer than a moment."""

from PySide6.QtCore import QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.painting import ring, round_pen, smooth
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import CENTRE, Words

PATIENCE_MS = 2000


class Spinner(QWidget):
    """A turning quarter of a ring; the one breathing thing of its page."""

    def __init__(self, size: int = 72, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size, self._angle = size, 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(40)
        self._timer.timeout.connect(self._turn)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = look_of(self).px(self._size)
        return QSize(side, side)

    def showEvent(self, _event: object) -> None:
        if not look_of(self).reduce_motion:
            self._timer.start()

    def hideEvent(self, _event: object) -> None:
        self._timer.stop()

    def _turn(self) -> None:
        self._angle = (self._angle + 14) % 360
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        width = max(2, self.width() // 12)
        place = QRectF(self.rect())
        ring(painter, place.center(), self.width() / 2 - width, round_pen(look.colour("line"), width), 1)
        painter.translate(place.center())
        painter.rotate(self._angle)
        ring(painter, QRectF().topLeft(), self.width() / 2 - width, round_pen(look.colour("ink"), width), 0.25)


class BusyOverlay(QWidget):
    """`wait_for` shows itself after two seconds unless `done` comes first."""

    cancelled = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        look = look_of(window)
        outer = QVBoxLayout(self)
        self._panel = role(QFrame(self), "raised")
        outer.addStretch(1)
        outer.addWidget(self._panel, 0)
        outer.addStretch(1)
        inner, pad = QVBoxLayout(self._panel), look.px(56 if look.density == "kiosk" else 28)
        inner.setContentsMargins(pad, pad, pad, pad)
        inner.setSpacing(look.px(32 if look.density == "kiosk" else 16))
        spinner = Spinner(72 if look.density == "kiosk" else 36)
        inner.addWidget(spinner, 0)
        self._words = Words("", "body_l", align=CENTRE)
        inner.addWidget(self._words)
        self._cancel = TouchButton(_("Cancel"), "secondary").on_press(self._give_up)
        inner.addWidget(self._cancel)
        inner.setAlignment(spinner, CENTRE)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self.show_now)
        self.hide()

    def wait_for(self, what: str, *, may_cancel: bool = True) -> None:
        """`what` says who or what is waited for."""
        self._words.set_text(what)
        self._cancel.setVisible(may_cancel)
        self._patience.start()

    def done(self) -> None:
        self._patience.stop()
        self.hide()

    def show_now(self) -> None:
        """Without waiting for the two seconds."""
        self.setGeometry(self._window.rect())
        self._panel.setFixedWidth(min(self.width() - 48, look_of(self).px(640)))
        layout = self.layout()
        if layout is not None:
            layout.setAlignment(self._panel, CENTRE)
        self.show()
        self.raise_()

    def _give_up(self) -> None:
        self.done()
        self.cancelled.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), look_of(self).colour("scrim"))
