"""First start: the printers for sheets and for slips, each with a test."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.manager.first_start_page import FirstStartPage
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import Trouble


class PrinterChoice(QWidget):
    """One kind of paper: its printer, or none, and a button that prints one."""

    def __init__(self, page: FirstStartPage, name: str, word: str, test: Callable[[str], None]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(page.look.px(10))
        column.addWidget(Words(name, "heading"))
        self.box = QComboBox()
        self.box.setAccessibleName(name)
        self.box.setMaximumWidth(page.look.px(520))
        self.box.currentIndexChanged.connect(lambda _number: self._show())
        column.addWidget(self.box)
        self.test = TouchButton(word, "secondary", icon="printer").on_press(lambda: test(self.chosen))
        column.addWidget(self.test, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def chosen(self) -> str:
        """The printer's name; empty for none."""
        return str(self.box.currentData() or "")

    def show_printers(self, names: tuple[str, ...], before: str) -> None:
        """The system's printers; the one chosen before stays, also when it is away now."""
        self.box.clear()
        self.box.addItem(_("No printer"), "")
        for name in dict.fromkeys([*names, *filter(None, [before])]):
            self.box.addItem(name, name)
        self.box.setCurrentIndex(max(0, self.box.findData(before)))
        self._show()

    def _show(self) -> None:
        self.test.set_lacking("" if self.chosen else _("Choose a printer first"))


class PrintingPage(FirstStartPage):
    """Without a printer there is no button: quotes and agreements go out as a code."""

    may_wait = True

    def build(self) -> None:
        self.next_word = _("Go on")
        self.words = self.say(_("Looking for printers"))
        self.sheets = PrinterChoice(self, _("Sheets, A4"), _("Print a test page"), self._test_sheet)
        self.slips = PrinterChoice(self, _("Slips, 80 mm"), _("Print a test slip"), self._test_slip)
        for choice in (self.sheets, self.slips):
            self.body.addWidget(choice)
            choice.hide()
        self._is_known = False
        self.background.ask(self, self.first_start.printers, self.show_printers, kind="printers")

    def show_printers(self, names: tuple[str, ...]) -> None:
        """The system's printers."""
        chosen = self.progress.chosen
        self._is_known = bool(names) or any(chosen.get(key) for key in ("printing.printer", "printing.slip_printer"))
        self.sheets.show_printers(names, chosen.get("printing.printer", ""))
        self.slips.show_printers(names, chosen.get("printing.slip_printer", ""))
        for choice in (self.sheets, self.slips):
            choice.setVisible(self._is_known)
        none = _("No printer is set up on this computer; quotes and agreements go to the guest's phone by code")
        self.words.set_text(_("Choose a printer and print one page") if self._is_known else none)

    def _test_sheet(self, printer: str) -> None:
        title, words = _("Test page"), (_("This page was printed at the first start of this terminal."),)
        self._print(self.sheets.test, lambda: self.first_start.test_print(printer, title, words))

    def _test_slip(self, printer: str) -> None:
        title = _("Test page")
        self._print(self.slips.test, lambda: self.first_start.test_slip(printer, title))

    def _print(self, button: TouchButton, work: Callable[[], None]) -> None:
        button.set_busy(_("Printing"))
        self.background.change(
            self, work, lambda _none: self._tested(button), refused=lambda trouble: self._refused(button, trouble)
        )

    def _refused(self, button: TouchButton, trouble: Trouble) -> None:
        button.set_busy("")
        self.show_trouble(trouble)

    def _tested(self, button: TouchButton) -> None:
        button.set_busy("")
        self.words.set_text(_("Sent to the printer. Is the page there? Then this printer is kept."))

    def save(self) -> None:
        if not self._is_known:
            self.finished(self.progress)
            return
        sheets, slips = self.sheets.chosen, self.slips.chosen
        self.change(lambda: self.first_start.choose_printers(sheets, slips))
