"""A manager's PIN on somebody else's screen: for one act, never kept."""

from collections.abc import Callable

from PySide6.QtGui import QKeyEvent

from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.domain.staff import Permission, StaffMember
from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.reception.console import Console
from smart4s_kiosk.ui.reception.dialogs import DeskDialog
from smart4s_kiosk.ui.widgets.pin_entry import PinEntry
from smart4s_kiosk.ui.wording import Trouble


class ManagerPinDialog(DeskDialog):
    """`agreed` is called with the manager's id; the service checks again what this manager may approve."""

    def __init__(self, console: Console, why: str, agreed: Callable[[StaffId], None]) -> None:
        super().__init__(console.host, _("The manager has to agree"), why, width=400)
        self._console, self._agreed = console, agreed
        self.pin = PinEntry(console.look)
        self.pin.changed.connect(self._typed)
        self.pin.entered.connect(self._enter)
        self.body.addWidget(self.pin)
        self.add_key(_("Back"), "Esc", self.close_now)
        self.ok = self.add_key(_("Agree"), "Enter", self._enter, kind="primary")
        self._typed()

    def _typed(self) -> None:
        self.ok.set_lacking(self.pin.lacking)

    def _enter(self) -> None:
        if not self.pin.is_whole:
            return
        staff, pin = self._console.services.staff, self.pin.text
        self._console.act(self, lambda: staff.approve(pin, Permission.APPROVE), self._approved, refused=self._refused)

    def _approved(self, manager: StaffMember) -> None:
        self.close_now()
        self._agreed(manager.id)

    def _refused(self, trouble: Trouble) -> None:
        self.pin.start_anew(trouble.words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.pin.takes(event):
            super().keyPressEvent(event)
