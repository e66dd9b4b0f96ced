"""Who is there: managers and administrators by name, then the PIN."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.domain.staff import StaffMember
from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.brand_mark import BrandMark
from smart4s_kiosk.ui.widgets.number_pad import NumberPad
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import CENTRE, Words

SHORTEST, LONGEST = 6, 12


class SignIn(QWidget):
    """`entered` tells staff id and PIN; the window asks the service."""

    entered = Signal(str, str)

    def __init__(self, look: Look, brand: str, store: str) -> None:
        super().__init__()
        self._look = look
        self._chosen: StaffMember | None = None
        outer = QVBoxLayout(self)
        outer.setAlignment(Qt.AlignmentFlag.AlignCenter)
        panel = role(QFrame(), "card")
        panel.setFixedWidth(look.px(760))
        outer.addWidget(panel)
        column = QVBoxLayout(panel)
        column.setContentsMargins(look.px(40), look.px(32), look.px(40), look.px(36))
        column.setSpacing(look.px(20))
        head = QHBoxLayout()
        head.setSpacing(look.px(12))
        head.addWidget(BrandMark(32))
        head.addWidget(Words(brand, "title", wraps=False))
        head.addWidget(Words(store, "body", tone="ink_2", wraps=False))
        head.addStretch(1)
        column.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(look.px(40))
        self._people = QVBoxLayout()
        self._people.setSpacing(look.px(10))
        left = QVBoxLayout()
        left.addWidget(Words(_("Who are you?"), "heading"))
        left.addSpacing(look.px(8))
        left.addLayout(self._people)
        left.addStretch(1)
        row.addLayout(left, 1)
        row.addLayout(self._pin_part(look), 1)
        column.addLayout(row)
        self._buttons: dict[StaffId, TouchButton] = {}
        self._show()

    def _pin_part(self, look: Look) -> QVBoxLayout:
        part = QVBoxLayout()
        part.setSpacing(look.px(12))
        self._asked = Words(" ", "heading")
        part.addWidget(self._asked)
        self._dots = Words(" ", "display", align=CENTRE)
        part.addWidget(self._dots)
        self._said = Words(" ", "note", tone="danger", align=CENTRE)
        part.addWidget(self._said)
        self.pad = NumberPad(look, LONGEST, key_height=56)
        self.pad.typed.connect(self._typed)
        part.addWidget(self.pad)
        self.ok = TouchButton(_("Sign in"), "primary").on_press(self._enter)
        part.addWidget(self.ok)
        return part

    def show_people(self, people: Sequence[StaffMember]) -> None:
        """Everybody who may sign in here."""
        for button in self._buttons.values():
            button.hide()
            button.deleteLater()
        self._buttons = {}
        for member in people:
            button = TouchButton(member.name, "chip", height=44).on_press(partial(self.choose, member))
            self._people.addWidget(button)
            self._buttons[member.id] = button
        if len(people) == 1:
            self.choose(people[0])

    def choose(self, member: StaffMember) -> None:
        """This person; the PIN comes next."""
        self._chosen = member
        self._said.set_text(" ")
        self.pad.clear()
        self._show()
        self.pad.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, words: str) -> None:
        """Why it did not work; the digits are gone."""
        self.pad.clear()
        self.ok.set_busy("")
        self._said.set_text(words)

    def _typed(self, _digits: str) -> None:
        self._show()

    def _show(self) -> None:
        for staff_id, button in self._buttons.items():
            is_chosen = self._chosen is not None and staff_id == self._chosen.id
            button.set_role("chip_chosen" if is_chosen else "chip")
        digits = len(self.pad.text)
        self._asked.set_text(_("PIN of {name}").format(name=self._chosen.name) if self._chosen else _("PIN"))
        self._dots.set_text("• " * digits or " ")
        if self._chosen is None:
            self.ok.set_lacking(_("Choose your name first"))
        elif digits < SHORTEST:
            self.ok.set_lacking(_("{n} digits to go").format(n=SHORTEST - digits))
        else:
            self.ok.set_lacking("")

    def _enter(self) -> None:
        if self._chosen is not None and len(self.pad.text) >= SHORTEST:
            self.ok.set_busy(_("Checking the PIN"))
            self.entered.emit(self._chosen.id, self.pad.text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter()
        else:
            self.pad.keyPressEvent(event)
