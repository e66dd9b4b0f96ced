"""A manager's PIN on somebody else's screen: for one act, never kept."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.domain.staff import Permission, StaffMember
from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.reception.console import Console
from smart4s_kiosk.ui.reception.dialogs import DeskDialog
from smart4s_kiosk.ui.widgets.number_pad import NumberPad
from smart4s_kiosk.ui.widgets.words import CENTRE, Words
from smart4s_kiosk.ui.wording import Trouble

LEAST, MOST = 6, 12


class ManagerPinDialog(DeskDialog):
    """`agreed` is called with the manager's id; the service checks again what this manager may approve."""

    def __init__(self, console: Console, why: str, agreed: Callable[[StaffId], None]) -> None:
        super().__init__(console.host, _("The manager has to agree"), why, width=400)
        self._console, self._agreed = console, agreed
        self.dots = Words("", "display", align=CENTRE)
        self.body.addWidget(self.dots)
        self.said = Words(" ", "note", tone="danger", align=CENTRE)
        self.body.addWidget(self.said)
        self.pad = NumberPad(console.look, MOST, key_height=56)
        self.pad.typed.connect(self._typed)
        self.body.addWidget(self.pad)
        self.add_key(_("Back"), "Esc", self.close_now)
        self.ok = self.add_key(_("Agree"), "Enter", self._enter, kind="primary")
        self._typed("")

    def _typed(self, digits: str) -> None:
        self.dots.set_text(" ".join("●" * len(digits) + "·" * max(0, LEAST - len(digits))))
        missing = max(0, LEAST - len(digits))
        self.ok.set_lacking(_("{n} digits to go").format(n=missing) if missing else "")

    def _enter(self) -> None:
        if len(self.pad.text) < LEAST:
            return
        staff, pin = self._console.services.staff, self.pad.text
        self._console.act(self, lambda: staff.approve(pin, Permission.APPROVE), self._approved, refused=self._refused)

    def _approved(self, manager: StaffMember) -> None:
        self.close_now()
        self._agreed(manager.id)

    def _refused(self, trouble: Trouble) -> None:
        self.pad.clear()
        self.said.set_text(trouble.words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter()
        elif event.text().isdigit() or event.key() == Qt.Key.Key_Backspace:
            self.pad.keyPressEvent(event)
        else:
            super().keyPressEvent(event)
