"""Beside the check-in form: the guest whom this may be, with what is needed to be sure, and no more."""

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.i18n import _, counted
from smart4s_kiosk.services.desk import Match
from smart4s_kiosk.ui.reception.board_words import short_purpose
from smart4s_kiosk.ui.reception.key_button import KeyButton
from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.widgets.chip import Chip
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import clock, day, guest_name

ROUND = 2 * (24 + 20)
"""Margins of the panel and of the card in it."""


class MatchPanel(QFrame):
    """Shows one likely guest at a time."""

    def __init__(self, take: Callable[[], None], nobody: Callable[[], None], another: Callable[[], None]) -> None:
        super().__init__()
        role(self, "well")
        self.setMinimumWidth(300)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        head = QHBoxLayout()
        self.title = Words("", "heading", wraps=False)
        head.addWidget(self.title)
        self.why = Chip(_("Same number"), "accent")
        head.addWidget(self.why)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self._make_card(take, nobody))
        self.more = KeyButton("", "link").on_press(another)
        column.addWidget(self.more)
        self.appointment = Words("", "note", tone="ink_2")
        column.addWidget(self.appointment)
        self.hint = Words("", "note", tone="ink_2")
        column.addWidget(self.hint)
        column.addStretch(1)
        self.show_match(None, more=0, is_taken=False)

    def _make_card(self, take: Callable[[], None], nobody: Callable[[], None]) -> QFrame:
        self.card = role(QFrame(), "card")
        inner = QVBoxLayout(self.card)
        inner.setContentsMargins(20, 18, 20, 18)
        inner.setSpacing(6)
        self.name = Words("", "title", wraps=False)
        inner.addWidget(self.name)
        self.facts = Words("", "body", tone="ink_2")
        inner.addWidget(self.facts)
        inner.addSpacing(10)
        buttons = self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        buttons.setSpacing(8)
        self.yes = KeyButton(_("That is the guest"), "primary", key="Enter", height=40).on_press(take)
        self.no = KeyButton(_("New guest"), "equal", key="Ctrl N", height=40).on_press(nobody)
        for button in (self.yes, self.no):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            buttons.addWidget(button)
        inner.addLayout(buttons)
        return self.card

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the answers do not fit beside each other they stand below each other."""
        super().resizeEvent(event)
        needed = self.yes.sizeHint().width() + self.no.sizeHint().width() + self._buttons.spacing()
        ways, room = QBoxLayout.Direction, self.width() - ROUND
        self._buttons.setDirection(ways.LeftToRight if needed <= room else ways.TopToBottom)

    def show_match(self, match: Match | None, *, more: int, is_taken: bool) -> None:
        """The likeliest guest; None: nobody known."""
        self.card.setVisible(match is not None)
        self.why.setVisible(match is not None and match.by_phone)
        self.more.setVisible(match is not None and more > 0)
        self.appointment.set_text("")
        if match is None:
            self.title.set_text(_("No known guest yet"))
            self.hint.set_text(_("While you type, a guest with the same number or name appears here"))
            return
        self.title.set_text(_("Known guest") if is_taken else _("May be this guest"))
        self.name.set_text(guest_name(match.name, match.title))
        self.facts.set_text("\n".join(_facts(match)))
        self.more.set_word(_("{n} more").format(n=more))
        self.yes.set_lacking(_("Chosen") if is_taken else "")
        self.yes.set_word(_("That is her") if match.title is Title.MS else _("That is the guest"))
        if is_taken:
            self.yes.set_lacking(_("Chosen"))
        if match.appointment_at is not None:
            text = _("Booked for today {time}: {purpose}")
            said = text.format(time=clock(match.appointment_at), purpose=short_purpose(match.appointment_purpose))
            self.appointment.set_text(said)
        self.hint.set_text(_("A wrong match does no harm: the visit can be linked to another guest at any time"))


def _facts(match: Match) -> list[str]:
    facts = [counted(match.visits, _("1 visit so far"), _("{n} visits so far"))]
    if match.last_visit_at is not None:
        facts[0] += "·" + _("last here {day}").format(day=day(match.last_visit_at.date()))
    if match.consultant:
        facts.append(_("Own consultant {name}").format(name=match.consultant))
    return facts
