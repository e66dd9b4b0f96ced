"""Paper for the hand: finished papers go to the printers of the settings, once a press. The one way to a printer."""

from smart4s_kiosk.domain.ids import AgreementId, QuoteId
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.documents import Printer
from smart4s_kiosk.services.quotes import Quotes
from smart4s_kiosk.services.test_drives import TestDrives


class Printing:
    """Without a printer in the settings there is no button: `has_sheets` and `has_slips` say so."""

    def __init__(self, *, printer: Printer, sheets: str, slips: str, clock: Clock) -> None:
        self._printer = printer
        self._sheets = sheets
        self._slips = slips
        self._clock = clock

    @property
    def has_sheets(self) -> bool:
        """Whether a printer for A4 sheets is chosen."""
        return bool(self._sheets)

    @property
    def has_slips(self) -> bool:
        """Whether a printer for 80 mm slips is chosen."""
        return bool(self._slips)

    def print_sheet(self, pdf: bytes, *, subject: str, title: str) -> bool:
        """False when it was printed just now. `Unavailable`: printer away; `RuleBroken`: unknown."""
        return self._print(pdf, subject, title, self._sheets)

    def print_slip(self, pdf: bytes, *, subject: str, title: str) -> bool:
        """A slip, in the same way."""
        return self._print(pdf, subject, title, self._slips)

    def _print(self, pdf: bytes, subject: str, title: str, printer: str) -> bool:
        """A second press within the minute is the same job; a later one asks for one more copy."""
        job = f"{subject}:{self._clock.now():%Y%m%dT%H%M}"
        return not self._printer.print_pdf(pdf, job_key=job, title=title, printer=printer).repeated


class StoredPapers:
    """The quote and the sealed agreement on paper, as they were stored."""

    def __init__(self, *, printing: Printing, quotes: Quotes, drives: TestDrives) -> None:
        self._printing = printing
        self._quotes = quotes
        self._drives = drives

    @property
    def is_possible(self) -> bool:
        """Whether a printer for sheets is chosen."""
        return self._printing.has_sheets

    def print_quote(self, quote_id: QuoteId) -> bool:
        """The quote's sheet; False when it was printed just now."""
        sheet = self._quotes.sheet(quote_id)
        return self._printing.print_sheet(sheet, subject=f"quote:{quote_id}", title="Quote")

    def print_agreement(self, agreement_id: AgreementId) -> bool:
        """The sealed agreement, in the same way."""
        sealed = self._drives.pdf(agreement_id)
        return self._printing.print_sheet(sealed, subject=f"agreement:{agreement_id}", title="Agreement")
