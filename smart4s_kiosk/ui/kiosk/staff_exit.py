"""The one way out of the kiosk: a long press on the hidden corner, then a staff PIN."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from smart4s_kiosk.domain.staff import LEAST_PIN, MOST_PIN
from smart4s_kiosk.i18n import _, counted
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.digit_boxes import DigitBoxes
from smart4s_kiosk.ui.widgets.number_pad import NumberPad
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words

HOLD_MS = 3000
"""As PINs are set (domain.staff)."""


class HiddenCorner(QWidget):
    """Invisible, over the logo; answers only to a press of three seconds."""

    held = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(HOLD_MS)
        self._timer.timeout.connect(self.held)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._timer.start()
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._timer.stop()
        event.accept()


class PinDialog(Dialog):
    """Asks for the staff PIN; the window checks it through the service."""

    entered = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, _("Staff PIN"))
        look = look_of(window)
        self._boxes = DigitBoxes(MOST_PIN, height=120, secret=True)
        self.body.addWidget(self._boxes)
        self._said = Words(" ", "caption", tone="danger")
        self.body.addWidget(self._said)
        self.pad = NumberPad(look, MOST_PIN, key_height=128)
        self.pad.typed.connect(self._typed)
        self.body.addWidget(self.pad)
        self.add_action(_("Back to the kiosk"))
        self.ok: TouchButton = self.add_action(_("Leave the kiosk"), self._enter, kind="primary", closes=False)
        self._typed("")

    def _typed(self, digits: str) -> None:
        self._boxes.show_text(digits)
        missing = max(0, LEAST_PIN - len(digits))
        self.ok.set_lacking(counted(missing, _("1 digit to go"), _("{n} digits to go")) if missing else "")

    def _enter(self) -> None:
        self.ok.set_busy(_("Checking"))
        self.entered.emit(self.pad.text)

    def say(self, words: str) -> None:
        """Why it did not work; the digits are gone."""
        self.ok.set_busy("")
        self.pad.clear()
        self._said.set_text(words)
