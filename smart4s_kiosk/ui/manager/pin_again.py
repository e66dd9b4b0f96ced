"""The own PIN once more, before something that nobody else may see."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.pin_entry import PinEntry
from smart4s_kiosk.ui.wording import Trouble


class PinAgain(Dialog):
    """`entered` carries the digits; a refusal is answered with `refuse`."""

    entered = Signal(str)

    def __init__(self, window: QWidget, title: str, text: str) -> None:
        super().__init__(window, title, text, width=420)
        self.pin = PinEntry(look_of(window))
        self.pin.changed.connect(self._typed)
        self.pin.entered.connect(self._enter)
        self.body.addWidget(self.pin)
        self.add_action(_("Cancel"))
        self.ok = self.add_action(_("Confirm"), self._enter, kind="primary", closes=False)
        self._typed()

    def _typed(self) -> None:
        self.ok.set_lacking(self.pin.lacking)

    def _enter(self) -> None:
        if not self.pin.is_whole or self.ok.is_busy:
            return
        self.ok.set_busy(_("Checking the PIN"))
        self.entered.emit(self.pin.text)

    def refuse(self, trouble: Trouble) -> None:
        """Why it did not work; the digits are gone."""
        self.ok.set_busy("")
        self.pin.start_anew(trouble.words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.pin.takes(event):
            super().keyPressEvent(event)
