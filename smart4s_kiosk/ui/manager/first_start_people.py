"""First start: the first administrator, the recovery sheet, staff from a list, and the last page."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QComboBox, QFileDialog, QVBoxLayout

from smart4s_kiosk.i18n import _, counted
from smart4s_kiosk.ports.tables import MOST_BYTES
from smart4s_kiosk.ports.vault import RecoverySheet
from smart4s_kiosk.ui.manager.first_start_page import STEPS, FirstStartPage
from smart4s_kiosk.ui.widgets.chosen_file import read_chosen, write_chosen
from smart4s_kiosk.ui.widgets.pdf_preview import PdfPreview
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.typing_dialog import Writes
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import Trouble, listed


class AdministratorPage(FirstStartPage):
    """There is no default PIN anywhere: somebody chooses their own."""

    def build(self) -> None:
        self.next_word = _("Save the administrator")
        if self.progress.administrators:
            names = listed(self.progress.administrators)
            self.say(_("Administrator: {names}. Another one can be added.").format(names=names))
        self.say(_("The administrator sets PINs and rights. A PIN has 6 to 12 digits, no plain row and no repeats."))
        form = self.form()
        self.name = self.field(form, _("Name"), writes=Writes.NAME)
        self.badge = self.field(form, _("Badge number"), hint=_("any number or word of your own"), writes=Writes.PLAIN)
        self.pin = self.field(form, _("PIN"), secret=True)
        self.again = self.field(form, _("PIN once more"), secret=True)

    def save(self) -> None:
        if self.progress.administrators and not self.name.text().strip():
            self.finished(self.progress)
            return
        name, badge, pin, again = (line.text() for line in (self.name, self.badge, self.pin, self.again))
        self.change(lambda: self.first_start.add_administrator(name, badge, pin, again))


class SheetPage(FirstStartPage):
    """Shown and printed, never kept; one line typed back proves that the paper exists."""

    def build(self) -> None:
        self.next_word = _("The sheet is safe")
        self.say(
            _(
                "Without this sheet nobody can bring the records back when this machine breaks. Print it or write"
                " it down, and lock it away."
            )
        )
        ways = QBoxLayout.Direction
        row = QBoxLayout(ways.TopToBottom if self.is_upright else ways.LeftToRight)
        row.setSpacing(self.look.px(24))
        left = QVBoxLayout()
        left.setSpacing(self.look.px(10))
        self.lines = [Words("", "heading") for _line in range(4)]
        for line in self.lines:
            left.addWidget(line)
        self.printer = QComboBox()
        self.printer.setAccessibleName(_("Printer"))
        self.print = TouchButton(_("Print the sheet"), "secondary", icon="printer").on_press(self._print)
        left.addWidget(self.printer)
        left.addWidget(self.print, 0, Qt.AlignmentFlag.AlignLeft)
        self.printer.hide()
        self.print.hide()
        save = TouchButton(_("Save as PDF"), "secondary", icon="download").on_press(self._ask_place)
        left.addWidget(save, 0, Qt.AlignmentFlag.AlignLeft)
        self.said = Words("", "note", tone="ink_2")
        left.addWidget(self.said)
        asked = _("Type line {n} from the paper").format(n=self.first_start.asked_line + 1)
        left.addStretch(1)
        row.addLayout(left, 3)
        self.paper = PdfPreview()
        self.paper.setMinimumHeight(self.look.px(420))
        row.addWidget(self.paper, 2)
        self.body.addLayout(row)
        form = self.form()
        self.typed = self.field(form, asked, writes=Writes.PLAIN)
        self.background.ask(self, self.first_start.sheet, self._show_sheet, kind="sheet")
        width = self.look.px(700)
        self.background.ask(self, lambda: self.first_start.sheet_pages(width), self.paper.show_pages, kind="pages")
        self.background.ask(self, self.first_start.printers, self._show_printers, kind="printers")

    def _show_sheet(self, sheet: RecoverySheet) -> None:
        for number, (line, words) in enumerate(zip(self.lines, sheet.lines, strict=True), 1):
            line.set_text(f"{number}   {words}")

    def _show_printers(self, names: tuple[str, ...]) -> None:
        self.printer.addItems(names)
        self.printer.setVisible(bool(names))
        self.print.setVisible(bool(names))

    def _print(self) -> None:
        name = self.printer.currentText()
        self.print.set_busy(_("Printing"))
        self.background.change(
            self,
            lambda: self.first_start.print_sheet(name),
            lambda _none: self.print.set_busy(""),
            refused=self._not_printed,
        )

    def _not_printed(self, trouble: Trouble) -> None:
        self.print.set_busy("")
        self.show_trouble(trouble)

    def _ask_place(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save as PDF"), "recovery-sheet.pdf", "PDF (*.pdf)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, place: Path) -> None:
        """The sheet as a file; the words say when it is there."""
        told = _("Saved; print it and delete the file")
        self.background.change(
            self, lambda: write_chosen(place, self.first_start.sheet_pdf()), lambda _none: self.said.set_text(told)
        )

    def save(self) -> None:
        typed = self.typed.text()
        self.change(lambda: self.first_start.confirm_sheet(typed))

    def leave(self) -> None:
        for line in self.lines:
            line.set_text("")
        self.paper.show_pages(())


class StaffPage(FirstStartPage):
    """A list from the personnel office; it can be read again later under people."""

    may_wait = True

    def build(self) -> None:
        self.next_word = _("Go on")
        self.say(_("A CSV with the columns name, role, badge; also title, WeCom account, skills, languages, PIN"))
        self.button(TouchButton(_("Read a staff list"), "secondary", icon="upload").on_press(self._ask))
        self.result = self.say(counted(self.progress.staff, _("1 person so far"), _("{n} people so far")), tone="ink")

    def _ask(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Read a staff list"), "", "CSV (*.csv)")
        if chosen:
            self.take(Path(chosen))

    def take(self, place: Path) -> None:
        """Read this list."""
        self.background.change(self, lambda: self.first_start.import_staff(read_chosen(place, MOST_BYTES)), self._show)

    def _show(self, rows: int) -> None:
        self.result.set_text(counted(rows, _("1 row was read"), _("{n} rows were read")))


class DonePage(FirstStartPage):
    """What is done, what can wait, and the button that opens the store."""

    def build(self) -> None:
        self.next_word = _("Open the store")
        for step, name in STEPS.items():
            if step.value in {"language", "done"}:
                continue
            is_done = step in self.progress.done
            is_missing = step in self.progress.missing
            state = _("done") if is_done else _("missing") if is_missing else _("later")
            self.say(
                _("{name}: {state}").format(name=_(name), state=state),
                tone="danger" if is_missing else "ink" if is_done else "ink_3",
            )
        self.say(_('Every step can be done again later: manager panel, store rules, "Set up again".'), "note")

    def save(self) -> None:
        self.background.change(self, self.first_start.finish, lambda _none: self.finished(self.progress))
