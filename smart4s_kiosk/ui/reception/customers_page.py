"""客户: masked list with a search; a phone number is shown for a reason only, and for half a minute."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit

from smart4s_kiosk.domain.customers import Stage
from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.services.customers import CustomerLine
from smart4s_kiosk.services.desk import FoundGuest
from smart4s_kiosk.ui.reception.console import Console
from smart4s_kiosk.ui.reception.desk_acts import DeskActs
from smart4s_kiosk.ui.reception.dialogs import ChoiceDialog, DeskDialog
from smart4s_kiosk.ui.reception.page import ConsolePage
from smart4s_kiosk.ui.reception.pin_dialog import ManagerPinDialog
from smart4s_kiosk.ui.reception.rows import Row
from smart4s_kiosk.ui.widgets.record_table import Column, RecordTable
from smart4s_kiosk.ui.widgets.typing_dialog import Writes, with_pad
from smart4s_kiosk.ui.widgets.words import CENTRE, Words
from smart4s_kiosk.ui.wording import Trouble, day, guest_name

SHOWN_MS = 30_000
TYPING_MS = 150
STAGES = {
    Stage.LEAD: N_("Lead"),
    Stage.CONTACTED: N_("In contact"),
    Stage.VISITED: N_("Has visited"),
    Stage.TEST_DRIVEN: N_("Has driven"),
    Stage.QUOTED: N_("Has a quote"),
    Stage.ORDERED: N_("Has ordered"),
    Stage.WON: N_("Bought"),
    Stage.LOST: N_("Lost to others"),
}
REASONS = (
    N_("Call the guest back"),
    N_("Confirm an appointment"),
    N_("The guest asked for it"),
    N_("Return something left behind"),
)


class CustomersPage(ConsolePage):
    """Names stay masked; a contact value is never part of the list."""

    concepts = frozenset({"customers"})

    def __init__(self, console: Console, acts: DeskActs) -> None:
        super().__init__(console, acts, _("Customers"))
        self.typed = with_pad(QLineEdit(), _("Search"), Writes.NAME)
        self.typed.setPlaceholderText(_("Name, last four, plate"))
        self.typed.setFixedSize(280, 48)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TYPING_MS)
        self._wait.timeout.connect(self.read)
        self.typed.textChanged.connect(lambda _text: self._wait.start())
        self.head.addWidget(self.typed)
        self.add_action(_("Show phone number"), "F5", self._ask_reason)
        self.add_action(_("Check in"), "Ctrl+Return", self._check_in, kind="primary")
        self.table = RecordTable(
            (
                Column(_("Guest"), lambda line: guest_name(line.name, line.title)),
                Column(_("Own consultant"), lambda line: line.consultant, width=180),
                Column(_("Stage"), lambda line: _(STAGES[line.stage]), width=160),
                Column(
                    _("Visits"),
                    lambda line: str(line.visits),
                    lambda line: line.visits,
                    is_figure=True,
                    width=100,
                    drop=1,
                ),
                Column(
                    _("Last visit"),
                    lambda line: day(line.last_visit_at.date()) if line.last_visit_at else "",
                    width=160,
                ),
                Column(_("Phone"), lambda line: _("left, hidden") if line.has_phone else _("not left"), width=160),
            ),
            empty=_("Nobody found"),
        )
        self.column.addWidget(self.table, 1)

    def read(self) -> None:
        typed, customers = self.typed.text(), self.console.services.customers
        self.console.ask(self, lambda: customers.lines(typed), self.show_lines, kind="customers")

    def show_lines(self, lines: Sequence[CustomerLine]) -> None:
        """What was found, or those seen last."""
        is_search = bool(self.typed.text().strip())
        seen = _("seen last") if lines else ""
        self.remark.set_text(_("{n} found").format(n=len(lines)) if is_search else seen)
        self.table.say_when_empty(_("Nobody found") if is_search else _("No guest yet: the first check-in adds one"))
        self.table.show_rows(lines)

    def take_focus(self) -> None:
        self.typed.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _current(self) -> CustomerLine | None:
        return cast("CustomerLine | None", self.table.current())

    def _check_in(self) -> None:
        line = self._current()
        if line is not None:
            self.acts.check_in(
                FoundGuest(line.name, line.title, "", None, line.consultant, customer_id=line.customer_id)
            )

    # showing a number

    def _ask_reason(self) -> None:
        line = self._current()
        if line is None or not line.has_phone:
            return
        title = _("Why do you need the number of {name}?").format(name=guest_name(line.name, line.title))
        choices = [(_(reason), Row(_(reason), key=str(n))) for n, reason in enumerate(REASONS, 1)]
        dialog = ChoiceDialog(self.console.host, title, _("Reason, name and time are kept"), choices, _("Show"))
        dialog.chosen.connect(lambda reason: self.reveal(line, str(reason)))
        dialog.open_now()

    def reveal(self, line: CustomerLine, reason: str, approved_by: StaffId | None = None) -> None:
        """Ask the service; above the limit the manager's PIN is asked for."""
        customers, me = self.console.services.customers, self.console.my_id

        def refused(trouble: Trouble) -> None:
            if trouble.code == "customer.too_many_reveals":
                dialog = ManagerPinDialog(
                    self.console, trouble.words, lambda manager: self.reveal(line, reason, manager)
                )
                dialog.open_now()
            else:
                self.console.window.show_trouble(trouble)

        self.console.act(
            self,
            lambda: customers.reveal_phone(line.customer_id, by=me, reason=reason, approved_by=approved_by),
            lambda number: NumberDialog(self.console, line, number).open_now(),
            refused=refused,
        )


class NumberDialog(DeskDialog):
    """A number for half a minute; it cannot be copied."""

    def __init__(self, console: Console, line: CustomerLine, number: str) -> None:
        super().__init__(console.host, guest_name(line.name, line.title), width=420)
        grouped = f"{number[:3]} {number[3:7]} {number[7:]}"
        self.number = Words(grouped, "figure", align=CENTRE)
        self.body.addWidget(self.number)
        self.body.addWidget(Words(_("Goes away after 30 seconds"), "note", tone="ink_2", align=CENTRE))
        self.add_key(_("Done"), "Esc", self.close_now, kind="primary")
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self.close_now)
        timer.start(SHOWN_MS)
