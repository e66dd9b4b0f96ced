"""The own PIN once more, before something that nobody else may see."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.number_pad import NumberPad
from smart4s_kiosk.ui.widgets.sign_in import LEAST_PIN, MOST_PIN
from smart4s_kiosk.ui.widgets.words import CENTRE, Words
from smart4s_kiosk.ui.wording import Trouble


class PinAgain(Dialog):
    """`entered` carries the digits; a refusal is answered with `refuse`."""

    entered = Signal(str)

    def __init__(self, window: QWidget, title: str, text: str) -> None:
        super().__init__(window, title, text, width=420)
        self.dots = Words("", "display", align=CENTRE)
        self.said = Words(" ", "note", tone="danger", align=CENTRE)
        self.pad = NumberPad(look_of(window), MOST_PIN, key_height=56)
        self.pad.typed.connect(self._typed)
        for part in (self.dots, self.said, self.pad):
            self.body.addWidget(part)
        self.add_action(_("Cancel"))
        self.ok = self.add_action(_("Confirm"), self._enter, kind="primary", closes=False)
        self._typed("")

    def _typed(self, digits: str) -> None:
        self.dots.set_text(" ".join("●" * len(digits) + "·" * max(0, LEAST_PIN - len(digits))))
        missing = max(0, LEAST_PIN - len(digits))
        self.ok.set_lacking(_("{n} digits to go").format(n=missing) if missing else "")

    def _enter(self) -> None:
        if len(self.pad.text) < LEAST_PIN or self.ok.is_busy:
            return
        self.ok.set_busy(_("Checking the PIN"))
        self.entered.emit(self.pad.text)

    def refuse(self, trouble: Trouble) -> None:
        """Why it did not work; the digits are gone."""
        self.ok.set_busy("")
        self.pad.clear()
        self.said.set_text(trouble.words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter()
        elif event.text().isdigit() or event.key() == Qt.Key.Key_Backspace:
            self.pad.keyPressEvent(event)
        else:
            super().keyPressEvent(event)
