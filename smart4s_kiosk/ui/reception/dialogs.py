"""The console's questions: keyboard stays inside, every button has its key, Esc closes."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from smart4s_kiosk.domain.visits import Outcome
from smart4s_kiosk.i18n import N_, _, counted
from smart4s_kiosk.services.board_views import DeskAct, DriveCard, VisitCard
from smart4s_kiosk.services.colleagues import ColleagueCard
from smart4s_kiosk.services.desk import FoundGuest
from smart4s_kiosk.ui.reception.board_words import PRESENCES, card_line, card_name, drive_line, standing_words
from smart4s_kiosk.ui.reception.console import Console
from smart4s_kiosk.ui.reception.key_button import KeyButton
from smart4s_kiosk.ui.reception.rows import Row, Rows, RowsArea
from smart4s_kiosk.ui.reception.search_box import found_row
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.typing_dialog import Writes, with_pad
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import words

AnyField = TypeVar("AnyField", bound=QWidget)
OUTCOMES = (
    Outcome.SERVED,
    Outcome.LOST_TO_OTHER_SELLER,
    Outcome.LOST_TO_OTHER_BRAND,
    Outcome.NOT_BUYING_NOW,
    Outcome.WALKED_AWAY,
    Outcome.STAFF_CLOSED,
)
CHOICE_ROW, ROOM_ABOVE_AND_BELOW = 52, 360
"""A long list rolls, so that title and buttons stay on the smallest screen."""
ACTS: Sequence[tuple[DeskAct, str, str]] = (
    (DeskAct.RECEIVE, N_("I will go"), "F2"),
    (DeskAct.ASSIGN, N_("Assign"), "F3"),
    (DeskAct.HAND_OVER, N_("Give to another consultant"), "F3"),
    (DeskAct.SERVE, N_("Consultant is there"), "F4"),
    (DeskAct.LINK, N_("Link to a guest"), "F6"),
    (DeskAct.MERGE, N_("Merge"), "F7"),
    (DeskAct.UNMERGE, N_("Undo the merge"), "F7"),
    (DeskAct.CLOSE, N_("Close the visit"), "F8"),
)


class DeskDialog(Dialog):
    """Tab goes round inside; `add_key` puts a key on a button and makes the key press it."""

    def __init__(self, host: QWidget, title: str, text: str = "", *, width: int = 0) -> None:
        super().__init__(host, title, text, width=width)
        self._before: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def open_now(self) -> None:
        self._before = QApplication.focusWidget()
        super().open_now()

    def close_now(self) -> None:
        """The keyboard goes back to where it was."""
        before = self._before
        super().close_now()
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_key(
        self, word: str, key: str, act: Callable[[], object], *, kind: str = "secondary", closes: bool = False
    ) -> KeyButton:
        """A button of the last row with its key."""
        button = KeyButton(word, kind, key=shown_key(key), height=40)
        button.on_press(act)
        if closes:
            button.on_press(self.close_now)
        self._row.addWidget(button)
        self.bind(key, button.click)
        return button

    def bind(self, key: str, act: Callable[[], object]) -> None:
        """A key anywhere in this dialog; plain Enter and Esc are the dialog's own."""
        if key in {"Enter", "Esc"}:
            return
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def field(self, widget: AnyField, name: str) -> AnyField:
        """Put a named field into the body."""
        widget.setAccessibleName(name)
        self.body.addWidget(Words(name, "note", weight=500))
        self.body.addWidget(widget)
        return widget

    def focusNextPrevChild(self, forward: bool) -> bool:
        able = Qt.FocusPolicy.TabFocus
        inside = [
            w
            for w in self.findChildren(QWidget)
            if w.isVisibleTo(self) and w.isEnabled() and (w.focusPolicy() & able) == able
        ]
        if not inside:
            return True
        now = QApplication.focusWidget()
        place = inside.index(now) if now in inside else (-1 if forward else 0)
        inside[(place + (1 if forward else -1)) % len(inside)].setFocus(Qt.FocusReason.TabFocusReason)
        return True


def shown_key(key: str) -> str:
    """A key as it is printed on a button."""
    return key.replace("Return", "Enter").replace("Delete", "Del").replace("+", " ")


class ChoiceDialog(DeskDialog):
    """One of several: arrow keys or a digit move, Enter answers. `chosen` carries the answer."""

    chosen = Signal(object)

    def __init__(self, host: QWidget, title: str, text: str, choices: Sequence[tuple[object, Row]], yes: str) -> None:
        super().__init__(host, title, text, width=560)
        self._answers = tuple(answer for answer, _row in choices)
        self.rows = Rows(choosable=True, row_height=CHOICE_ROW, framed=True)
        self.rows.setAccessibleName(title)
        self.rows.show_rows([row for _answer, row in choices], 0)
        self.rows.entered.connect(self.answer)
        if choices:
            self.body.addWidget(RowsArea(self.rows, max(3, (host.height() - ROOM_ABOVE_AND_BELOW) // CHOICE_ROW)))
        else:
            self.body.addWidget(Words(_("There is nothing to choose from"), "body", tone="ink_2"))
        self.add_key(_("Back"), "Esc", self.close_now)
        if choices:
            self.add_key(yes, "Enter", self.answer, kind="primary")

    def open_now(self) -> None:
        super().open_now()
        if self._answers:
            self.rows.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._answers:
            self.answer()
        else:
            super().keyPressEvent(event)

    def answer(self, _row: int = -1) -> None:
        """The row that is chosen now."""
        answer = self._answers[max(0, self.rows.current)]
        self.close_now()
        self.chosen.emit(answer)


def assign_dialog(console: Console, card: VisitCard, colleagues: Sequence[ColleagueCard]) -> ChoiceDialog:
    """Whom to send: the next in line (None), or one of those on duty (a staff id)."""
    is_new = DeskAct.HAND_OVER not in card.acts
    choices: list[tuple[object, Row]] = []
    if is_new:
        choices.append((None, Row(_("Next in line"), detail=_("by the rota"), icon="users")))
    others = [c for c in colleagues if is_new or c.staff_id != card.consultant_id]
    choices += [(c.staff_id, colleague_row(console, c)) for c in others]
    title = _("Who goes to {name}?").format(name=card_name(card))
    return ChoiceDialog(console.host, title, card_line(card), choices, _("Assign now"))


def colleague_row(console: Console, one: ColleagueCard) -> Row:
    """One consultant as a row of a choice."""
    said, kind = PRESENCES[one.presence]
    today = counted(one.received_today, _("1 guest today"), _("{n} guests today"))
    detail = "·".join(part for part in (one.job_title, today) if part)
    return Row(one.name, detail=detail, chip=_(said), chip_kind=kind, portrait=console.portrait(one.name))


def close_dialog(console: Console, card: VisitCard) -> ChoiceDialog:
    """How a visit ended (an `Outcome`)."""
    choices = [(outcome, Row(words(outcome), key=str(n))) for n, outcome in enumerate(OUTCOMES, 1)]
    title = _("How did the visit of {name} end?").format(name=card_name(card))
    return ChoiceDialog(console.host, title, "", choices, _("Close the visit"))


def merge_dialog(console: Console, card: VisitCard, others: Sequence[VisitCard]) -> ChoiceDialog:
    """Into which other open visit (a `VisitCard`) this one goes."""
    choices = [
        (o, Row(f"{card_name(o)} {o.label if o.name else ''}".strip(), detail=card_line(o), right=standing_words(o)))
        for o in others
    ]
    title = _("{name} is the same party as").format(name=f"{card_name(card)} {card.label}")
    return ChoiceDialog(console.host, title, _("Can be undone for 24 hours"), choices, _("Merge"))


class VisitDialog(DeskDialog):
    """Everything that may be done with one visit, each with its key."""

    chosen = Signal(object)

    def __init__(self, console: Console, card: VisitCard) -> None:
        super().__init__(console.host, f"{card_name(card)} {card.label if card.name else ''}".strip(), width=480)
        self.body.addWidget(Words(card_line(card), "body", tone="ink_2"))
        state = words(card.outcome) if card.outcome is not None else standing_words(card)
        self.body.addWidget(Words(state, "body"))
        for act, word, key in ACTS:
            if act in card.acts:
                button = KeyButton(_(word), "secondary", key=key, height=44)
                button.on_press(partial(self._choose, act))
                self.bind(key, button.click)
                self.body.addWidget(button)
        self.add_key(_("Back"), "Esc", self.close_now)

    def _choose(self, act: DeskAct) -> None:
        self.close_now()
        self.chosen.emit(act)

    def open_now(self) -> None:
        super().open_now()
        self.focusNextPrevChild(True)


class CallDialog(DeskDialog):
    """A number large enough to dial from; the desk's own telephone calls it."""

    def __init__(self, console: Console, card: DriveCard) -> None:
        super().__init__(console.host, _("Call {name}").format(name=card.consultant), drive_line(card), width=480)
        number = card.consultant_phone or _("No work number is kept")
        self.body.addWidget(Words(number, "display" if card.consultant_phone else "body", wraps=False))
        if not card.consultant_phone:
            hint = _("A manager can enter it under People")
            self.body.addWidget(Words(hint, "note", tone="ink_2"))
        self.add_key(_("Back"), "Esc", self.close_now)


class LinkDialog(DeskDialog):
    """Who an unnamed visitor is: search, choose. `chosen` carries a customer id."""

    chosen = Signal(object)

    def __init__(self, console: Console, card: VisitCard) -> None:
        super().__init__(console.host, _("Who is {name}?").format(name=card_name(card)), width=560)
        self._console = console
        self._found: list[FoundGuest] = []
        asked = _("Name, last four, plate")
        self.typed = self.field(with_pad(QLineEdit(), asked, Writes.NAME), asked)
        self.typed.textChanged.connect(self._ask)
        self.rows = Rows(choosable=True, row_height=48, framed=True)
        self.body.addWidget(self.rows)
        self.add_key(_("Back"), "Esc", self.close_now)
        self.ok = self.add_key(_("This is the guest"), "Enter", self._choose, kind="primary")
        self.ok.set_lacking(_("Choose a guest"))

    def open_now(self) -> None:
        super().open_now()
        self.typed.setFocus()

    def _ask(self, text: str) -> None:
        desk = self._console.services.desk
        self._console.ask(self, lambda: desk.find(text), self._show, kind="link")

    def _show(self, found: Sequence[FoundGuest]) -> None:
        self._found = [one for one in found if one.customer_id is not None]
        self.rows.show_rows([found_row(one) for one in self._found], 0)
        self.ok.set_lacking("" if self._found else _("Choose a guest"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self._found:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.rows.choose(max(0, min(len(self._found) - 1, self.rows.current + step)))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        if self._found:
            chosen = self._found[max(0, self.rows.current)]
            self.close_now()
            self.chosen.emit(chosen.customer_id)
