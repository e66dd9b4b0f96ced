"""Papers go to the printer as they were stored, once a press."""

from dataclasses import dataclass
from typing import Any, cast

from smart4s_kiosk.domain.ids import AgreementId, QuoteId
from smart4s_kiosk.services.printing import Printing, StoredPapers
from tests.fakes.clock import FakeClock
from tests.fakes.documents import FakePrinter


@dataclass
class Papers:
    """Stands for the services that keep the papers."""

    def sheet(self, quote_id: QuoteId) -> bytes:
        return f"%PDF quote {quote_id}".encode()

    def pdf(self, agreement_id: AgreementId) -> bytes:
        return f"%PDF agreement {agreement_id}".encode()


def make(printer: FakePrinter, clock: FakeClock, name: str = "Front_Desk") -> StoredPapers:
    papers = cast("Any", Papers())
    printing = Printing(printer=printer, sheets=name, slips="", clock=clock)
    return StoredPapers(printing=printing, quotes=papers, drives=papers)


def test_without_a_printer_in_the_settings_there_is_no_button() -> None:
    assert not make(FakePrinter(), FakeClock(), name="").is_possible
    assert make(FakePrinter(), FakeClock()).is_possible


def test_two_presses_are_one_paper_and_a_later_one_is_one_more() -> None:
    printer, clock = FakePrinter(), FakeClock()
    printing = make(printer, clock)
    assert printing.print_quote(QuoteId("q1"))
    assert not printing.print_quote(QuoteId("q1"))
    clock.advance(minutes=1)
    assert printing.print_quote(QuoteId("q1"))
    assert printing.print_agreement(AgreementId("a1"))
    assert list(printer.printed.values()) == [b"%PDF quote q1", b"%PDF quote q1", b"%PDF agreement a1"]


def test_slips_and_sheets_have_their_own_printers() -> None:
    printer, clock = FakePrinter(printers=("Front_Desk", "Slip")), FakeClock()
    printing = Printing(printer=printer, sheets="", slips="Slip", clock=clock)
    assert (printing.has_sheets, printing.has_slips) == (False, True)
    assert printing.print_slip(b"%PDF slip", subject="slip:v1", title="Slip")
    assert not printing.print_slip(b"%PDF slip", subject="slip:v1", title="Slip")
    assert printer.sent_to == ["Slip"]
