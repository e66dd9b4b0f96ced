"""试驾与钥匙: every key and who has it; handing one to a colleague, taking it back, reporting it lost."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.domain.keys import KeyPlace
from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.keys import ERRAND, KeyRow
from smart4s_kiosk.ui.reception.board_words import drive_left, drive_line, who
from smart4s_kiosk.ui.reception.choice_row import ChoiceRow, labelled
from smart4s_kiosk.ui.reception.console import Console
from smart4s_kiosk.ui.reception.desk_acts import DeskActs
from smart4s_kiosk.ui.reception.dialogs import ChoiceDialog, colleague_row
from smart4s_kiosk.ui.reception.page import ConsolePage
from smart4s_kiosk.ui.reception.rows import Row, Rows
from smart4s_kiosk.ui.reception.side_column import Section
from smart4s_kiosk.ui.widgets.record_table import Column, RecordTable
from smart4s_kiosk.ui.wording import clock, words

ERRANDS = (15, 30, 60, 120, 240)
"""Minutes that a colleague may take a key for."""
USUAL = ERRAND.seconds // 60


class HandOutDialog(ChoiceDialog):
    """Who takes the key, and until when it is wanted back."""

    def __init__(self, host: QWidget, title: str, choices: Sequence[tuple[object, Row]]) -> None:
        hint = _("For moving, washing or charging the car")
        super().__init__(host, title, hint, choices, _("Hand over"))
        self.body.addLayout(labelled(_("Back within"), "Alt+2"))
        self.time = ChoiceRow(_("Back within"), [_duration(minutes) for minutes in ERRANDS], ERRANDS.index(USUAL))
        self.body.addWidget(self.time)
        self.bind("Alt+1", self.rows.setFocus)
        self.bind("Alt+2", lambda: self.time.setFocus(Qt.FocusReason.ShortcutFocusReason))

    @property
    def lasts(self) -> timedelta:
        """The chosen time."""
        return timedelta(minutes=ERRANDS[self.time.current])


def _duration(minutes: int) -> str:
    return _("{n} min").format(n=minutes) if minutes < 60 else _("{n} h").format(n=minutes // 60)


class KeysPage(ConsolePage):
    """A key of a test drive comes back on the tablet, with mileage and agreement; the table says so."""

    concepts = frozenset({"keys", "agreements"})

    def __init__(self, console: Console, acts: DeskActs) -> None:
        super().__init__(console, acts, _("Drives and keys"))
        self.add_action(_("Report lost"), "Ctrl+L", self._lost, kind="danger")
        self.add_action(_("Take back"), "Ctrl+T", self._take_back)
        self.add_action(_("Hand to a colleague"), "Ctrl+H", self._hand_out, kind="primary")
        self.drives = Section(_("On a drive"), Rows(row_height=48))
        self.column.addWidget(self.drives)
        self.table = RecordTable(
            (
                Column(_("Key"), lambda row: row.label, width=160),
                Column(_("Car"), lambda row: row.model),
                Column(_("Plate"), lambda row: row.plate, width=150),
                Column(_("Where"), _place_words, tone=_place_tone, width=140),
                Column(_("With"), lambda row: row.holder, width=140),
                Column(_("Since"), lambda row: clock(row.moved_at) if row.moved_at else "", width=100, drop=2),
                Column(_("Due"), lambda row: clock(row.due_at) if row.due_at else "", width=100),
                Column(_("For"), lambda row: _("Test drive") if row.is_for_drive else "", drop=1),
            ),
            empty=_("No key has been entered yet"),
        )
        self.column.addWidget(self.table, 1)

    def read(self) -> None:
        self.console.ask(self, self.console.services.keys.board, self.show_keys, kind="keys")

    def show_keys(self, rows: Sequence[KeyRow]) -> None:
        """The cabinet now."""
        out = sum(row.place is KeyPlace.OUT for row in rows)
        reserved = sum(row.place is KeyPlace.RESERVED for row in rows)
        self.remark.set_text(_("{out} out, {reserved} reserved").format(out=out, reserved=reserved))
        self.table.show_rows(rows)
        now, board = self.console.clock.now(), self.console.board
        lines = []
        for card in board.driving if board is not None else ():
            left, is_over = drive_left(card, now)
            name = who(card.name, card.title, "")
            kind = "warn" if is_over else "quiet"
            lines.append(Row(name, detail=drive_line(card), right=card.consultant, chip=left, chip_kind=kind))
        self.drives.show_rows(lines, str(len(lines) or ""), _("No test car is out"))

    def take_focus(self) -> None:
        self.table.setFocus()

    def _current(self) -> KeyRow | None:
        return cast("KeyRow | None", self.table.current())

    def _hand_out(self) -> None:
        row = self._current()
        if row is None or row.place is not KeyPlace.IN:
            return
        console = self.console
        able = [c for c in console.colleagues if c.duty != "off"]
        choices = [(c.staff_id, colleague_row(console, c)) for c in able]
        title = _("Who takes {key}?").format(key=row.label)
        dialog = HandOutDialog(console.host, title, choices)
        keys, me = console.services.keys, console.my_id

        def hand_out(to: object) -> None:
            lasts = dialog.lasts
            self._do(lambda: keys.hand_out(row.key_id, StaffId(str(to)), by=me, lasts=lasts))

        dialog.chosen.connect(hand_out)
        dialog.open_now()

    def _take_back(self) -> None:
        row, keys, me = self._current(), self.console.services.keys, self.console.my_id
        if row is not None and row.place in {KeyPlace.OUT, KeyPlace.LOST}:
            self._do(lambda: keys.take_back(row.key_id, by=me))

    def _lost(self) -> None:
        row, keys, me = self._current(), self.console.services.keys, self.console.my_id
        if row is None or row.place is KeyPlace.LOST:
            return
        title = _("Is {key} really lost?").format(key=row.label)
        choices = [(True, Row(_("Yes, nobody can find it")))]
        dialog = ChoiceDialog(self.console.host, title, "", choices, _("Report lost"))
        dialog.chosen.connect(lambda _yes: self._do(lambda: keys.report_lost(row.key_id, by=me)))
        dialog.open_now()

    def _do(self, work: Callable[[], object]) -> None:
        self.console.act(self, work, lambda _answer: self.read())


def _place_words(row: KeyRow) -> str:
    return _("Overdue") if row.is_overdue else words(row.place)


def _place_tone(row: KeyRow) -> str:
    if row.is_overdue:
        return "warn"
    return {KeyPlace.LOST: "danger", KeyPlace.RESERVED: "accent"}.get(row.place, "ink")
