"""待办: visits that are still open at the end of a shift, and who is on duty, on a break or off."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from smart4s_kiosk.domain.staff import Duty
from smart4s_kiosk.domain.visits import Outcome
from smart4s_kiosk.i18n import _, counted
from smart4s_kiosk.services.board_views import VisitCard
from smart4s_kiosk.services.colleagues import ColleagueCard
from smart4s_kiosk.ui.reception.board_words import card_line, card_name, standing_words
from smart4s_kiosk.ui.reception.console import Console
from smart4s_kiosk.ui.reception.desk_acts import DeskActs
from smart4s_kiosk.ui.reception.dialogs import ChoiceDialog
from smart4s_kiosk.ui.reception.key_button import KeyButton
from smart4s_kiosk.ui.reception.page import ConsolePage
from smart4s_kiosk.ui.reception.rows import Row, Rows
from smart4s_kiosk.ui.widgets.finger_scroll import scroll_by_finger
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import clock, words

DUTY_KINDS = {Duty.ON: "success", Duty.BREAK: "warn", Duty.OFF: "quiet"}
END_OF_SHIFT = (Outcome.STAFF_CLOSED, Outcome.SERVED, Outcome.WALKED_AWAY)


class TodoPage(ConsolePage):
    """Left the hand-over list, right the duty list."""

    concepts = frozenset({"visits", "staff"})

    def __init__(self, console: Console, acts: DeskActs) -> None:
        super().__init__(console, acts, _("To do"))
        self._cards: tuple[VisitCard, ...] = ()
        self._people: tuple[ColleagueCard, ...] = ()
        self.close_all = self.add_action(_("Close all at the end of the shift"), "Ctrl+Return", self._close_all)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(self._make_open(), 3)
        row.addLayout(self._make_duty(), 2)
        self.column.addLayout(row, 1)

    def _make_open(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(Words(_("Open visits to hand over"), "heading", wraps=False))
        self.open_rows = Rows(choosable=True, row_height=56, framed=True)
        self.open_rows.setAccessibleName(_("Open visits to hand over"))
        self.open_rows.picked.connect(lambda index: self.acts.open(self._cards[index]))
        self.nothing = Words(_("Every visit is closed"), "body", tone="ink_2")
        column.addWidget(self.nothing)
        column.addWidget(_scrolled(self.open_rows), 1)
        return column

    def _make_duty(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(Words(_("Who is on duty"), "heading", wraps=False))
        self.people_rows = Rows(choosable=True, row_height=56, framed=True)
        self.people_rows.setAccessibleName(_("Who is on duty"))
        column.addWidget(_scrolled(self.people_rows), 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for duty, key in ((Duty.ON, "Alt+1"), (Duty.BREAK, "Alt+2"), (Duty.OFF, "Alt+3")):
            buttons.addWidget(self._duty_button(duty, key))
        buttons.addStretch(1)
        column.addLayout(buttons)
        return column

    def _duty_button(self, duty: Duty, key: str) -> KeyButton:
        button = self.add_action(words(duty), key, lambda: self._change_duty(duty), kind="equal")
        self.head.removeWidget(button)
        return button

    def read(self) -> None:
        self.console.ask(self, self.console.services.board.read, self._show_board, kind="todo")
        self.console.ask(self, self.console.services.colleagues.all, self.show_people, kind="people")

    def _show_board(self, board: object) -> None:
        waiting, serving = getattr(board, "waiting", ()), getattr(board, "serving", ())
        self.show_cards((*waiting, *serving))

    def show_cards(self, cards: Sequence[VisitCard]) -> None:
        """Open visits, those who wait first."""
        self._cards = tuple(cards)
        self.remark.set_text(_("{n} open").format(n=len(cards)))
        self.nothing.setVisible(not cards)
        self.close_all.setVisible(bool(cards))
        self.open_rows.show_rows(
            [
                Row(f"{card_name(c)} {c.label if c.name else ''}".strip(), detail=card_line(c), right=standing_words(c))
                for c in cards
            ]
        )

    def show_people(self, people: tuple[ColleagueCard, ...]) -> None:
        """Everybody with their duty."""
        self.console.know_colleagues(people)
        self._people = tuple(sorted(people, key=lambda p: (p.duty is Duty.OFF, p.name)))
        self.people_rows.show_rows([self._person(p) for p in self._people])

    def _person(self, one: ColleagueCard) -> Row:
        since = _("since {time}").format(time=clock(one.duty_since)) if isinstance(one.duty_since, datetime) else ""
        return Row(
            one.name,
            detail=one.job_title,
            right=since,
            chip=words(one.duty),
            chip_kind=DUTY_KINDS[one.duty],
            portrait=self.console.portrait(one.name),
        )

    def take_focus(self) -> None:
        self.open_rows.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _change_duty(self, duty: Duty) -> None:
        place = self.people_rows.current
        if 0 <= place < len(self._people):
            staff_id, staff = self._people[place].staff_id, self.console.services.staff
            self.console.act(self, lambda: staff.change_duty(staff_id, duty), lambda _member: self.read())

    def _close_all(self) -> None:
        if not self._cards:
            return
        title = counted(len(self._cards), _("Close 1 open visit?"), _("Close {n} open visits?"))
        choices = [(outcome, Row(words(outcome), key=str(n))) for n, outcome in enumerate(END_OF_SHIFT, 1)]
        hint = _("Each keeps its own line in the log")
        dialog = ChoiceDialog(self.console.host, title, hint, choices, _("Close all"))
        dialog.chosen.connect(lambda outcome: self._close_with(Outcome(str(outcome))))
        dialog.open_now()

    def _close_with(self, outcome: Outcome) -> None:
        desk, me = self.console.services.desk, self.console.my_id
        self.console.act(self, lambda: desk.close_shift(by=me, outcome=outcome), self._closed)

    def _closed(self, count: int) -> None:
        self.console.window.say(counted(count, _("1 visit closed"), _("{n} visits closed")))
        self.read()


def _scrolled(rows: Rows) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 4, 0)
    column.addWidget(rows)
    column.addStretch(1)
    area.setWidget(inner)
    scroll_by_finger(area)
    return area
