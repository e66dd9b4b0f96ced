"""Somebody else's PIN on this tablet: a colleague who confirms, a manager who allows."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.tablet_views import Person
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.flow_row import FlowRow
from smart4s_kiosk.ui.widgets.pin_entry import PinEntry
from smart4s_kiosk.ui.widgets.touch_button import TouchButton


class PinDialog(Dialog):
    """`entered` carries the person (None when nobody has to be chosen) and the PIN."""

    entered = Signal(object, str)

    def __init__(self, window: QWidget, title: str, text: str, people: tuple[Person, ...] = ()) -> None:
        super().__init__(window, title, text, width=640)
        self._needs_person = bool(people)
        self._person: Person | None = None
        self._chips: list[tuple[Person, TouchButton]] = []
        for person in people:
            chip = TouchButton(person.name, "chip")
            chip.on_press(partial(self._choose, person))
            self._chips.append((person, chip))
        if people:
            self.body.addWidget(FlowRow([chip for _person, chip in self._chips], gap=8))
        self.pin = PinEntry(look_of(window))
        self.pin.changed.connect(self._show)
        self.body.addWidget(self.pin)
        self.add_action(_("Cancel"))
        self.ok = self.add_action(_("Confirm"), self._enter, kind="primary", closes=False)
        self._show()

    def _choose(self, person: Person) -> None:
        self._person = person
        for one, chip in self._chips:
            chip.set_role("chip_chosen" if one is person else "chip")
        self._show()

    def _show(self) -> None:
        if self._needs_person and self._person is None:
            self.ok.set_lacking(_("Choose your name first"))
        else:
            self.ok.set_lacking(self.pin.lacking)

    def _enter(self) -> None:
        self.ok.set_busy(_("Checking"))
        self.entered.emit(self._person, self.pin.text)

    def say(self, text: str) -> None:
        """Why it did not work; the digits are gone."""
        self.ok.set_busy("")
        self.pin.start_anew(text)
