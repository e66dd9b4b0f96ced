"""A question over the page: raised panel on a scrim, Esc closes, the main action bottom right. Never `exec`."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words

WIDTHS = {"kiosk": 880, "tablet": 560, "desk": 520}
PADS = {"kiosk": 56, "tablet": 28, "desk": 24}


class Dialog(QWidget):
    """Covers its window. Put widgets into `body`; `closed` follows every way out."""

    closed = Signal()

    def __init__(self, window: QWidget, title: str, text: str = "", *, width: int = 0) -> None:
        super().__init__(window)
        look = look_of(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        self.panel = self._make_panel(min(look.px(width or WIDTHS[look.density]), window.width() - look.px(48)))
        inner, pad = QVBoxLayout(self.panel), look.px(PADS[look.density])
        inner.setContentsMargins(pad, pad, pad, pad)
        inner.setSpacing(look.px(24 if look.density == "kiosk" else 14))
        inner.addWidget(Words(title, "heading"))
        if text:
            inner.addWidget(Words(text, "body", tone="ink_2"))
        self.body = QVBoxLayout()
        self.body.setSpacing(look.px(24 if look.density == "kiosk" else 12))
        inner.addLayout(self.body)
        inner.addSpacing(look.px(8))
        self._row = QHBoxLayout()
        self._row.setSpacing(look.px(24 if look.density == "kiosk" else 12))
        inner.addLayout(self._row)
        self._grows = look.density == "kiosk"
        if not self._grows:
            self._row.addStretch(1)
        window.installEventFilter(self)

    @property
    def _window(self) -> QWidget:
        """Asked of Qt: a dialog that kept its window alive would take it along when it is deleted, in mid-deletion."""
        window = self.parentWidget()
        assert window is not None
        return window

    def _make_panel(self, width: int) -> QFrame:
        outer = QVBoxLayout(self)
        panel = role(QFrame(self), "raised")
        panel.setFixedWidth(max(200, width))
        panel.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        outer.addWidget(panel, 0, Qt.AlignmentFlag.AlignCenter)  # as high as its words need, not as the window
        return panel

    def add_action(
        self, word: str, act: Callable[[], object] | None = None, *, kind: str = "secondary", closes: bool = True
    ) -> TouchButton:
        """A button, left to right; the last one added is the main one."""
        button = TouchButton(word, kind)
        if self._grows:
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if act is not None:
            button.on_press(act)
        if closes:
            button.on_press(self.close_now)
        self._row.addWidget(button)
        return button

    def open_now(self) -> None:
        """Show above everything and take the keyboard."""
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_now(self) -> None:
        """Go away; the page below is as it was."""
        self.closed.emit()
        self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self.setGeometry(self._window.rect())
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_now()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), look_of(self).colour("scrim"))
