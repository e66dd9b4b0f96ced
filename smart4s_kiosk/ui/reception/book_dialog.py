"""Books one appointment; the code goes to the guest."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit

from smart4s_kiosk.domain.appointments import Appointment
from smart4s_kiosk.domain.names import read_address
from smart4s_kiosk.domain.visits import Purpose
from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.appointments import NewAppointment
from smart4s_kiosk.ui.reception.board_words import short_purpose
from smart4s_kiosk.ui.reception.choice_row import ChoiceRow
from smart4s_kiosk.ui.reception.console import Console
from smart4s_kiosk.ui.reception.dialogs import DeskDialog
from smart4s_kiosk.ui.widgets.typing_dialog import Writes, with_pad
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import Trouble, listed, on_day


class BookDialog(DeskDialog):
    """`booked` carries the appointment."""

    booked = Signal(object)

    def __init__(self, console: Console, on: date) -> None:
        super().__init__(console.host, _("Book for {day}").format(day=on_day(on)), width=640)
        self._console, self._on = console, on
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        self.time = self._line(grid, 0, 0, _("Time, like 14:30"), Writes.FIGURES)
        self.name = self._line(grid, 0, 1, _("How to address the guest"), Writes.NAME)
        self.phone = self._line(grid, 2, 0, _("Phone number"), Writes.DIGITS)
        self.model = self._line(grid, 2, 1, _("Model"), Writes.WORDS)
        self.body.addLayout(grid)
        self.purpose = self.field(ChoiceRow(_("Purpose"), [short_purpose(p) for p in Purpose]), _("Purpose"))
        self._people = tuple(c for c in console.colleagues if c.may_receive and not c.may_assign)
        self.consultant = self.field(QComboBox(), _("Consultant"))
        self.consultant.addItems([_("Any"), *(c.name for c in self._people)])
        self.said = Words("", "note", tone="danger")
        self.body.addWidget(self.said)
        self.add_key(_("Back"), "Esc", self.close_now)
        self.ok = self.add_key(_("Book"), "Ctrl+Return", self._book, kind="primary")
        self.name.textChanged.connect(lambda _text: self._check())
        self.time.textChanged.connect(lambda _text: self._check())
        self._check()

    def _line(self, grid: QGridLayout, row: int, column: int, name: str, writes: Writes) -> QLineEdit:
        line = with_pad(QLineEdit(), name, writes)
        grid.addWidget(Words(name, "note", weight=500), row, column)
        grid.addWidget(line, row + 1, column)
        return line

    def open_now(self) -> None:
        super().open_now()
        self.time.setFocus()

    def _check(self) -> None:
        missing = [word for line, word in ((self.time, _("time")), (self.name, _("name"))) if not line.text().strip()]
        self.ok.set_lacking(_("Still missing: {what}").format(what=listed(missing)) if missing else "")

    def _book(self) -> None:
        name, title = read_address(self.name.text())
        place = self.consultant.currentIndex() - 1
        new = NewAppointment(
            at=self._console.clock.now(),
            purpose=list(Purpose)[self.purpose.current],
            name=name,
            title=title,
            phone=self.phone.text().strip(),
            consultant_id=self._people[place].staff_id if place >= 0 else None,
            model=self.model.text().strip(),
        )
        appointments, on, typed = self._console.services.appointments, self._on, self.time.text()
        self._console.act(self, lambda: appointments.book_at(new, on, typed), self._booked, refused=self._refused)

    def _booked(self, appointment: Appointment) -> None:
        self.close_now()
        self.booked.emit(appointment)

    def _refused(self, trouble: Trouble) -> None:
        self.said.set_text(trouble.words)
