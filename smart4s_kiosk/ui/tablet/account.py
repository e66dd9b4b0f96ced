"""What the own photo opens: duty, lock, another person."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from smart4s_kiosk.domain.staff import Duty
from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.tablet_views import Person
from smart4s_kiosk.ui.tablet.parts import row, wide
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.wording import words


class AccountDialog(Dialog):
    """Three duties, the present one in ink."""

    duty_chosen = Signal(object)
    lock_asked = Signal()

    def __init__(self, window: QWidget, person: Person) -> None:
        super().__init__(window, person.name, person.job_title)
        buttons: list[QWidget | int] = []
        for duty in Duty:
            button = wide(TouchButton(words(duty), "primary" if duty is person.duty else "secondary", height=56))
            button.on_press(partial(self._choose, duty))
            buttons.append(button)
        self.body.addLayout(row(look_of(window), *buttons))
        self.add_action(_("Close"))
        self.add_action(_("Lock the tablet"), self.lock_asked.emit, kind="primary")

    def _choose(self, duty: Duty) -> None:
        self.duty_chosen.emit(duty)
        self.close_now()
