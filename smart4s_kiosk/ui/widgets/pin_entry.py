"""A PIN as it is typed: a dot for each digit, why the last one was refused, and the keypad."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from smart4s_kiosk.domain.staff import LEAST_PIN, MOST_PIN
from smart4s_kiosk.i18n import _, counted
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.number_pad import NumberPad
from smart4s_kiosk.ui.widgets.words import CENTRE, Words


class PinEntry(QWidget):
    """`changed` tells each digit, `entered` the keyboard's Enter; whoever shows it decides what the PIN is for."""

    changed = Signal()
    entered = Signal()

    def __init__(self, look: Look, *, key_height: int = 56) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(10))
        self.dots = Words(" ", "display", align=CENTRE)
        self.said = Words(" ", "note", tone="danger", align=CENTRE)
        self.pad = NumberPad(look, MOST_PIN, key_height=key_height)
        for part in (self.dots, self.said, self.pad):
            column.addWidget(part)
        self.pad.typed.connect(self._typed)
        self._show(0)

    @property
    def text(self) -> str:
        return self.pad.text

    @property
    def is_whole(self) -> bool:
        """Whether these can be all digits of a PIN."""
        return len(self.text) >= LEAST_PIN

    @property
    def lacking(self) -> str:
        """What stands on the button until then; empty when nothing is missing."""
        missing = max(0, LEAST_PIN - len(self.text))
        return counted(missing, _("1 digit to go"), _("{n} digits to go")) if missing else ""

    def start_anew(self, why: str = " ") -> None:
        """No digit stays; `why` the last PIN did not work."""
        self.pad.clear()
        self.said.set_text(why)

    def takes(self, event: QKeyEvent) -> bool:
        """A keyboard's digits, its delete keys and Enter, wherever the focus is; the rest is for whoever shows it."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        elif event.text().isdigit() or event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            self.pad.keyPressEvent(event)
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.takes(event):
            super().keyPressEvent(event)

    def _typed(self, digits: str) -> None:
        if digits:
            self.said.set_text(" ")
        self._show(len(digits))
        self.changed.emit()

    def _show(self, digits: int) -> None:
        self.dots.set_text(" ".join("●" * digits + "·" * max(0, LEAST_PIN - digits)))
