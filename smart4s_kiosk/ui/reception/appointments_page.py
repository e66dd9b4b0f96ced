"""预约: the day's list, booking, arriving, cancelling, and the import from another program's table."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from smart4s_kiosk.domain.appointments import Appointment, AppointmentState
from smart4s_kiosk.domain.ids import AppointmentId
from smart4s_kiosk.domain.names import mask_name
from smart4s_kiosk.i18n import N_, _, counted
from smart4s_kiosk.ports.tables import MOST_BYTES
from smart4s_kiosk.services.appointment_slips import AppointmentCode
from smart4s_kiosk.services.appointments import AppointmentLine, ImportReport
from smart4s_kiosk.services.board_views import ExpectedGuest
from smart4s_kiosk.ui.reception.board_words import short_purpose
from smart4s_kiosk.ui.reception.book_dialog import BookDialog
from smart4s_kiosk.ui.reception.code_dialog import CodeDialog
from smart4s_kiosk.ui.reception.console import Console
from smart4s_kiosk.ui.reception.desk_acts import DeskActs
from smart4s_kiosk.ui.reception.dialogs import ChoiceDialog, DeskDialog
from smart4s_kiosk.ui.reception.page import ConsolePage
from smart4s_kiosk.ui.reception.rows import Row
from smart4s_kiosk.ui.widgets.chosen_file import read_chosen
from smart4s_kiosk.ui.widgets.record_table import Column, RecordTable
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import clock, date_of, guest_name, joined, listed, on_day

STATES = {
    AppointmentState.EXPECTED: (N_("Expected"), "ink"),
    AppointmentState.ARRIVED: (N_("Here"), "success"),
    AppointmentState.CANCELLED: (N_("Cancelled"), "ink_3"),
    AppointmentState.MISSED: (N_("Did not come"), "ink_3"),
}
FIELDS = {
    "time": N_("time"),
    "name": N_("name"),
    "purpose": N_("purpose"),
    "phone": N_("phone number"),
}


class AppointmentsPage(ConsolePage):
    """Enter arrives, Del cancels; Alt and an arrow change the day."""

    concepts = frozenset({"appointments", "visits"})

    def __init__(self, console: Console, acts: DeskActs) -> None:
        super().__init__(console, acts, _("Appointments"))
        self._shift = 0
        self.add_action(_("Import"), "Ctrl+I", self._choose_file)
        self.add_action(_("Cancel booking"), "Delete", self._cancel)
        self.add_action(_("Guest is here"), "Ctrl+Return", self._arrive)
        self.add_action(_("Book"), "Ctrl+B", self._book, kind="primary")
        days = QHBoxLayout()
        days.setSpacing(8)
        self.add_action(_("Day before"), "Alt+Left", lambda: self._turn(-1), row=days)
        self.add_action(_("Today"), "Alt+T", self._today, row=days)
        self.add_action(_("Day after"), "Alt+Right", lambda: self._turn(1), row=days)
        days.addSpacing(8)
        days.addWidget(self.remark)  # the day stands beside the keys that turn it
        days.addStretch(1)
        self.add_action(_("Show code"), "Ctrl+K", self._show_code, row=days)
        self.column.addLayout(days)
        self.table = RecordTable(
            (
                Column(_("Time"), lambda line: clock(line.at), width=90, is_figure=False),
                Column(_("Guest"), lambda line: guest_name(line.name, line.title)),
                Column(_("Purpose"), lambda line: short_purpose(line.purpose), width=120),
                Column(_("Model"), lambda line: line.model),
                Column(_("Consultant"), lambda line: line.consultant, width=130),
                Column(_("Party"), lambda line: str(line.party_size), width=80, is_figure=True, drop=2),
                Column(_("Code"), lambda line: line.code, width=110, drop=1),
                Column(
                    _("State"),
                    lambda line: _(STATES[line.state][0]),
                    tone=lambda line: STATES[line.state][1],
                    width=120,
                ),
                Column(_("Note"), lambda line: line.note, drop=3),
            ),
            empty=_("Nobody has booked for this day"),
        )
        self.table.opened.connect(lambda _line: self._arrive())
        self.column.addWidget(self.table, 1)

    @property
    def on(self) -> date:
        """The day that is shown."""
        board = self.console.board
        now = board.now if board is not None else self.console.clock.now()
        return date_of(now) + timedelta(days=self._shift)

    def _turn(self, days: int) -> None:
        self._shift += days
        self.read()

    def _today(self) -> None:
        self._shift = 0
        self.read()

    def read(self) -> None:
        on, appointments = self.on, self.console.services.appointments
        asked = None if self._shift == 0 else on
        self.console.ask(self, lambda: appointments.of_day(asked), self.show_lines, kind="day")

    def show_lines(self, lines: Sequence[AppointmentLine]) -> None:
        """The day's appointments."""
        booked = _("{n} booked").format(n=len(lines)) if lines else ""
        self.remark.set_text(joined(on_day(self.on), booked))
        self.table.show_rows(lines)

    def take_focus(self) -> None:
        self.table.setFocus()

    # acts

    def _current(self) -> AppointmentLine | None:
        line = self.table.current()
        expected = isinstance(line, AppointmentLine) and line.state is AppointmentState.EXPECTED
        return line if expected else None

    def _arrive(self) -> None:
        line = self._current()
        if line is not None and self._shift == 0:
            guest = ExpectedGuest(
                line.appointment_id,
                line.at,
                line.name,
                line.title,
                line.purpose,
                line.model,
                line.consultant,
                line.state,
            )
            self.acts.arrive(guest)

    def _cancel(self) -> None:
        line = self._current()
        if line is None:
            return
        name = guest_name(line.name, line.title)
        title = _("Cancel the booking of {name} at {time}?").format(name=name, time=clock(line.at))
        choices = [(True, Row(_("Yes, the guest will not come")))]
        dialog = ChoiceDialog(self.console.host, title, "", choices, _("Cancel booking"))
        appointments, me = self.console.services.appointments, self.console.my_id
        dialog.chosen.connect(
            lambda _yes: self.console.act(self, lambda: appointments.cancel(line.appointment_id, by=me), self._changed)
        )
        dialog.open_now()

    def _changed(self, _answer: object) -> None:
        self.read()

    def _book(self) -> None:
        dialog = BookDialog(self.console, self.on)
        dialog.booked.connect(self._say_booked)
        dialog.open_now()

    def _say_booked(self, booked: Appointment) -> None:
        name = guest_name(mask_name(booked.name), booked.title)
        self.console.window.say(_("{name} is booked; the code is {code}").format(name=name, code=booked.code))
        self.read()
        self._show_code_of(booked.id)

    # code

    def _show_code(self) -> None:
        line = self._current()
        if line is not None:
            self._show_code_of(line.appointment_id)

    def _show_code_of(self, appointment_id: AppointmentId) -> None:
        slips = self.console.services.appointment_slips
        self.console.ask(self, lambda: slips.show(appointment_id), self._open_code, kind="code")

    def _open_code(self, shown: AppointmentCode) -> None:
        CodeDialog(self.console, shown).open_now()

    # import

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, _("Import appointments"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(f"{_('Tables')} (*.csv *.xlsx *.txt)")
        dialog.fileSelected.connect(lambda name: self.import_file(Path(name)))
        dialog.open()

    def import_file(self, file: Path) -> None:
        """Read and take over a table; the report says what became of it."""
        appointments, me = self.console.services.appointments, self.console.my_id

        def work() -> ImportReport:
            return appointments.import_report(read_chosen(file, MOST_BYTES), by=me)

        self.console.act(self, work, self.show_report)

    def show_report(self, report: ImportReport) -> None:
        """One clear report: all rows, or nothing and why."""
        self.read()
        if not report.problems:
            said = counted(report.booked, _("1 appointment taken over"), _("{n} appointments taken over"))
            if report.passed_over:
                before = counted(report.passed_over, _("1 was booked already"), _("{n} were booked already"))
                said = _(", ").join((said, before))
            self.console.window.say(said)
            return
        dialog = DeskDialog(
            self.console.host, _("Nothing was taken over"), _("Please correct these rows and import again")
        )
        for problem in report.problems:
            dialog.body.addWidget(Words(problem_words(problem.row, problem.fields), "body"))
        if report.more:
            dialog.body.addWidget(Words(_("and {n} more rows").format(n=report.more), "body", tone="ink_2"))
        dialog.add_key(_("Back"), "Esc", dialog.close_now, kind="primary")
        dialog.open_now()


def problem_words(row: int, fields: Sequence[str]) -> str:
    """Row 3: time, phone number."""
    named = listed(_(FIELDS[field]) for field in fields if field in FIELDS)
    if row == 0:
        return _("Columns are missing: {fields}").format(fields=named)
    return _("Row {n}: {fields} cannot be read").format(n=row, fields=named)
