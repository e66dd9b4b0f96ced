"""Somebody else's PIN on this tablet: a colleague who confirms, a manager who allows."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.tablet_views import Person
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.flow_row import FlowRow
from smart4s_kiosk.ui.widgets.number_pad import NumberPad
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.typed_line import TypedLine
from smart4s_kiosk.ui.widgets.words import Words

LEAST_PIN, MOST_PIN = 6, 12


class PinDialog(Dialog):
    """`entered` carries the person (None when nobody has to be chosen) and the PIN."""

    entered = Signal(object, str)

    def __init__(self, window: QWidget, title: str, text: str, people: tuple[Person, ...] = ()) -> None:
        super().__init__(window, title, text, width=640)
        look = look_of(window)
        self._needs_person = bool(people)
        self._person: Person | None = None
        self._chips: list[tuple[Person, TouchButton]] = []
        for person in people:
            chip = TouchButton(person.name, "chip")
            chip.on_press(partial(self._choose, person))
            self._chips.append((person, chip))
        if people:
            self.body.addWidget(FlowRow([chip for _person, chip in self._chips], gap=8))
        self._line = TypedLine(_("PIN"))
        self.body.addWidget(self._line)
        self._said = Words(" ", "note", tone="danger")
        self.body.addWidget(self._said)
        self.pad = NumberPad(look, MOST_PIN, key_height=56)
        self.pad.typed.connect(self._typed)
        self.body.addWidget(self.pad)
        self.add_action(_("Cancel"))
        self.ok = self.add_action(_("Confirm"), self._enter, kind="primary", closes=False)
        self._typed("")

    def _choose(self, person: Person) -> None:
        self._person = person
        for one, chip in self._chips:
            chip.set_role("chip_chosen" if one is person else "chip")
        self._typed(self.pad.text)

    def _typed(self, digits: str) -> None:
        self._line.show_text("•" * len(digits))
        missing = max(0, LEAST_PIN - len(digits))
        if self._needs_person and self._person is None:
            self.ok.set_lacking(_("Choose your name first"))
        else:
            self.ok.set_lacking(_("{n} digits to go").format(n=missing) if missing else "")

    def _enter(self) -> None:
        self.ok.set_busy(_("Checking"))
        self.entered.emit(self._person, self.pad.text)

    def say(self, text: str) -> None:
        """Why it did not work; the digits are gone."""
        self.ok.set_busy("")
        self.pad.clear()
        self._said.set_text(text)
