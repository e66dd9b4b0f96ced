"""Paper for the hand: the quote and the sealed agreement as they were stored, on the printer of the settings."""

from smart4s_kiosk.domain.ids import AgreementId, QuoteId
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.documents import Printer
from smart4s_kiosk.services.quotes import Quotes
from smart4s_kiosk.services.test_drives import TestDrives


class Printing:
    """Without a printer in the settings there is no button: `is_possible` says so."""

    def __init__(self, *, printer: Printer, name: str, quotes: Quotes, drives: TestDrives, clock: Clock) -> None:
        self._printer = printer
        self._name = name
        self._quotes = quotes
        self._drives = drives
        self._clock = clock

    @property
    def is_possible(self) -> bool:
        """Whether a printer for sheets is chosen."""
        return bool(self._name)

    def print_quote(self, quote_id: QuoteId) -> bool:
        """The quote's sheet; False when it was printed just now. `Unavailable`: printer away; `RuleBroken`: unknown."""
        return self._print(self._quotes.sheet(quote_id), f"quote:{quote_id}", "Quote")

    def print_agreement(self, agreement_id: AgreementId) -> bool:
        """The sealed agreement, in the same way."""
        return self._print(self._drives.pdf(agreement_id), f"agreement:{agreement_id}", "Agreement")

    def _print(self, pdf: bytes, subject: str, title: str) -> bool:
        """A second press within the minute is the same job; a later one asks for one more copy."""
        job = f"{subject}:{self._clock.now():%Y%m%dT%H%M}"
        return not self._printer.print_pdf(pdf, job_key=job, title=title, printer=self._name).repeated
