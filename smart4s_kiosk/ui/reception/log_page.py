"""展厅日志: one line a visit; search by date, consultant, purpose and text; print and export with the reader's name."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit

from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.visits import Purpose
from smart4s_kiosk.i18n import N_, _, counted, language
from smart4s_kiosk.services.colleagues import ColleagueCard
from smart4s_kiosk.services.showroom_log import ExportWords, LogLine, LogQuery
from smart4s_kiosk.services.showroom_log import LogPage as LogAnswer
from smart4s_kiosk.ui.reception.board_words import short_purpose, who
from smart4s_kiosk.ui.reception.console import Console
from smart4s_kiosk.ui.reception.desk_acts import DeskActs
from smart4s_kiosk.ui.reception.page import ConsolePage
from smart4s_kiosk.ui.reception.pin_dialog import ManagerPinDialog
from smart4s_kiosk.ui.theme.dress import refresh
from smart4s_kiosk.ui.widgets.chosen_file import write_chosen
from smart4s_kiosk.ui.widgets.record_table import Column, RecordTable
from smart4s_kiosk.ui.widgets.typing_dialog import Writes, with_pad
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import Trouble, clock, date_of, minutes_seconds, words

Taken = TypeVar("Taken")
TYPING_MS = 200
HEAD = (
    N_("Day"),
    N_("Came"),
    N_("Left"),
    N_("Visit"),
    N_("Guest"),
    N_("Party"),
    N_("Purpose"),
    N_("Consultant"),
    N_("Waited"),
    N_("Outcome"),
)


def cells(line: LogLine) -> tuple[str, ...]:
    """One visit as table, paper and sheet show it."""
    return (
        date_of(line.started_at).isoformat(),
        clock(line.started_at),
        clock(line.ended_at) if line.ended_at is not None else "",
        line.label,
        who(line.name, Title.NONE, line.label),
        str(line.party_size),
        short_purpose(line.purpose),
        line.consultant,
        minutes_seconds(line.waited_s),
        words(line.outcome) if line.outcome is not None else words(line.state),
    )


def _cell(number: int, line: LogLine) -> str:
    return cells(line)[number]


def reader_line(name: str, at: datetime) -> str:
    """Stands above every export and print."""
    return _("Taken out by {name}, {time}").format(name=name, time=f"{date_of(at)} {clock(at)}")


class LogPage(ConsolePage):
    """Filters above, table below; 200 lines at first, more on demand."""

    concepts = frozenset({"visits"})

    def __init__(self, console: Console, acts: DeskActs) -> None:
        super().__init__(console, acts, _("Showroom log"))
        self._lines: tuple[LogLine, ...] = ()
        self._total = 0
        self.more = self.add_action(_("Show more"), "Ctrl+M", self._more, kind="plain")
        if console.services.showroom_log.can_print:
            self.add_action(_("Print"), "Ctrl+P", self.print_out)
        self.export = self.add_action(_("Export XLSX"), "Ctrl+E", self._choose_place, kind="primary")
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TYPING_MS)
        self._wait.timeout.connect(self.read)
        self.column.addLayout(self._filters())
        figures = {0, 1, 2, 5, 8}
        widths = (120, 80, 80, 90, 0, 80, 110, 130, 90, 150)
        drops = {2: 3, 5: 2, 3: 1}  # the hour of leaving, the party, the number: the visit itself tells them
        self.table = RecordTable(
            [
                Column(_(name), partial(_cell, n), is_figure=n in figures, width=widths[n], drop=drops.get(n, 0))
                for n, name in enumerate(HEAD)
            ],
            empty=_("No visit in this time"),
        )
        self.table.opened.connect(self._open)
        self.column.addWidget(self.table, 1)

    def _open(self, line: LogLine) -> None:
        """Enter on a line: the visit as it is now, with what may still be done."""
        board, visit_id = self.console.services.board, line.visit_id
        self.console.ask(self, lambda: board.card(visit_id), self.acts.open, kind="card")

    def _filters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        today = date_of(self.console.clock.now())
        self.first = with_pad(QLineEdit((today - timedelta(days=6)).isoformat()), _("First day"), Writes.FIGURES)
        self.last = with_pad(QLineEdit(today.isoformat()), _("Last day"), Writes.FIGURES)
        for line, name in ((self.first, _("From")), (self.last, _("To"))):
            line.setFixedSize(146, 48)
            line.textChanged.connect(lambda _text: self._wait.start())
            row.addWidget(Words(name, "note", tone="ink_2", wraps=False))
            row.addWidget(line)
        self.consultant, self.purpose = QComboBox(), QComboBox()
        self.consultant.setAccessibleName(_("Consultant"))
        self.purpose.setAccessibleName(_("Purpose"))
        self.purpose.addItem(_("Every purpose"), None)
        for purpose in Purpose:
            self.purpose.addItem(short_purpose(purpose), purpose.value)
        self.show_colleagues(self.console.colleagues)
        for box in (self.consultant, self.purpose):
            box.setFixedSize(170, 48)
            box.currentIndexChanged.connect(lambda _index: self._wait.start())
            row.addWidget(box)
        self.typed = with_pad(QLineEdit(), _("Search"), Writes.NAME)
        self.typed.setPlaceholderText(_("Name or visit number"))
        self.typed.setFixedHeight(48)
        self.typed.textChanged.connect(lambda _text: self._wait.start())
        row.addWidget(self.typed, 1)
        return row

    def show_colleagues(self, colleagues: Sequence[ColleagueCard]) -> None:
        """The consultants to choose from."""
        self.consultant.clear()
        self.consultant.addItem(_("Every consultant"), None)
        for one in colleagues:
            self.consultant.addItem(one.name, str(one.staff_id))

    def query(self, limit: int = 200) -> LogQuery | None:
        """What the filters ask; None while a date is not complete."""
        first, last = _day_of(self.first), _day_of(self.last)
        if first is None or last is None:
            return None
        consultant, purpose = self.consultant.currentData(), self.purpose.currentData()
        return LogQuery(
            first_day=min(first, last),
            last_day=max(first, last),
            consultant_id=StaffId(consultant) if consultant else None,
            purpose=Purpose(purpose) if purpose else None,
            text=self.typed.text().strip(),
            limit=limit,
        )

    def read(self) -> None:
        self._ask(self.query(max(200, len(self._lines))))

    def _more(self) -> None:
        self._ask(self.query(len(self._lines) + 200))

    def _ask(self, query: LogQuery | None) -> None:
        log = self.console.services.showroom_log
        if query is not None:
            self.console.ask(self, lambda: log.read(query), self.show_answer, kind="log")

    def show_answer(self, answer: LogAnswer) -> None:
        """What was found."""
        self._lines, self._total = answer.lines, answer.total
        self.remark.set_text(counted(answer.total, _("1 visit"), _("{n} visits")))
        self.more.setVisible(len(answer.lines) < answer.total)
        self.table.show_rows(answer.lines)

    def take_focus(self) -> None:
        self.typed.setFocus()

    # export and print

    def _choose_place(self) -> None:
        dialog = QFileDialog(self, _("Export XLSX"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile(f"{_('Showroom log')}-{self.last.text()}.xlsx")
        dialog.fileSelected.connect(lambda name: self.export_to(Path(name)))
        dialog.open()

    def export_to(self, file: Path, approved_by: StaffId | None = None) -> None:
        """Write the sheet; so many rows that the rules want it ask for the manager's PIN."""
        query, log, me = self.query(), self.console.services.showroom_log, self.console.my_id
        if query is None:
            return
        words = _words()

        def work() -> int:
            return write_chosen(file, log.export_xlsx(query, words, by=me, approved_by=approved_by))

        said = _("Exported to {file}").format(file=file.name)
        self._take_out(work, lambda _size: self.console.window.say(said), lambda boss: self.export_to(file, boss))

    def print_out(self, approved_by: StaffId | None = None) -> None:
        """Everything that was found, with the reader's name, under the same rules as a sheet."""
        query, log, me = self.query(), self.console.services.showroom_log, self.console.my_id
        if query is None:
            return
        words = _words()
        self._take_out(
            lambda: log.print_out(query, words, by=me, approved_by=approved_by),
            self._printed,
            self.print_out,
        )

    def _printed(self, is_new: bool) -> None:
        self.console.window.say(_("It is being printed") if is_new else _("This was printed just now"))

    def _take_out(
        self, work: Callable[[], Taken], then: Callable[[Taken], None], again: Callable[[StaffId], None]
    ) -> None:
        def refused(trouble: Trouble) -> None:
            if trouble.code == "export.needs_manager":
                ManagerPinDialog(self.console, trouble.words, again).open_now()
            else:
                self.console.window.show_trouble(trouble)

        self.console.act(self, work, then, refused=refused)


def _words() -> ExportWords:
    return ExportWords(_("Showroom log"), tuple(_(name) for name in HEAD), reader_line, cells, language())


def _day_of(line: QLineEdit) -> date | None:
    try:
        on = date.fromisoformat(line.text().strip())
    except ValueError:
        on = None
    line.setProperty("state", "" if on is not None else "error")
    refresh(line)
    return on
