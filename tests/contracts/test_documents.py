"""What every maker of papers keeps, fake and real alike."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from smart4s_kiosk.documents.preview import PdfiumPreviews
from smart4s_kiosk.documents.printer import CupsPrinter
from smart4s_kiosk.documents.qr import QuoteCodes
from smart4s_kiosk.documents.quote_sheet import QuoteSheetMaker
from smart4s_kiosk.documents.seal import PadesSeals
from smart4s_kiosk.documents.slips import SlipMaker
from smart4s_kiosk.documents.test_drive_agreement import AgreementMaker
from smart4s_kiosk.domain.errors import RuleBroken, Unavailable
from smart4s_kiosk.domain.seals import SealEntry, SealKind, check_chain
from smart4s_kiosk.ports.appointment_papers import AppointmentPaper, AppointmentPapers
from smart4s_kiosk.ports.documents import (
    Agreements,
    Previews,
    Printer,
    QrCodes,
    QuotePaper,
    QuoteSheets,
    Seals,
    Slips,
    TicketPaper,
)
from tests.builders_documents import NOW, STORE, an_agreement
from tests.builders_quotes import a_full_quote
from tests.fakes.documents import FakeDocuments, FakePreviews, FakePrinter, FakeQrCodes, FakeSeals
from tests.fakes.vault import FakeDeviceSigner
from tests.integration.documents.signer import a_signer


@dataclass(frozen=True)
class Makers:
    sheets: QuoteSheets
    agreements: Agreements
    slips: Slips
    appointments: AppointmentPapers
    codes: QrCodes
    seals: Seals
    previews: Previews
    printer: Printer
    absent_printer: Printer


def fakes(_folder: Path) -> Makers:
    papers = FakeDocuments()
    return Makers(
        papers,
        papers,
        papers,
        papers,
        FakeQrCodes(),
        FakeSeals(),
        FakePreviews(),
        FakePrinter(),
        FakePrinter(away=True),
    )


def real(folder: Path) -> Makers:
    for name, script in (("lp", "echo request id is Front_Desk-7"), ("lpstat", "echo Front_Desk")):
        (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    nowhere = str(folder / "none")
    return Makers(
        QuoteSheetMaker(),
        AgreementMaker(),
        SlipMaker(),
        SlipMaker(),
        QuoteCodes(FakeDeviceSigner()),
        PadesSeals(a_signer(folder)),
        PdfiumPreviews(),
        CupsPrinter(folder / "jobs", lp=str(folder / "lp"), lpstat=str(folder / "lpstat")),
        CupsPrinter(folder / "other", lp=nowhere, lpstat=nowhere),
    )


@pytest.fixture(params=[fakes, real], ids=["fake", "real"])
def makers(request: pytest.FixtureRequest, tmp_path: Path) -> Makers:
    make: Callable[[Path], Makers] = request.param
    return make(tmp_path)


def test_papers_are_pdfs_and_the_same_facts_give_the_same_bytes(makers: Makers) -> None:
    sheet = QuotePaper(STORE, a_full_quote(), "王静")
    ticket = TicketPaper(STORE, "A017", "看车", NOW, 2, None)
    made = [makers.sheets.quote_sheet(sheet), makers.agreements.agreement(an_agreement()), makers.slips.ticket(ticket)]
    expected = AppointmentPaper(STORE, "CDE234", NOW, "郑*先生", "看车", "王静")
    made.append(makers.appointments.appointment(expected))
    assert all(pdf.startswith(b"%PDF") for pdf in made)
    assert makers.sheets.quote_sheet(sheet) == made[0]


def test_a_character_that_cannot_be_printed_is_refused(makers: Makers) -> None:
    makers.agreements.must_be_drawable("张𠮷", "示A·D0128")
    with pytest.raises(RuleBroken) as refused:
        makers.agreements.must_be_drawable("张\ue000")
    assert refused.value.code == "documents.glyph_missing"
    assert refused.value.facts["code_point"] == "U+E000"
    paper = an_agreement()
    with pytest.raises(RuleBroken):
        makers.agreements.agreement(replace(paper, person=replace(paper.person, name="张😀")))


def test_codes_are_square_and_bounded(makers: Makers) -> None:
    code = makers.codes.matrix("https://chengye.example/t#A017")
    assert code.size == 17 + 4 * code.version == len(code.rows[0])
    with pytest.raises(RuleBroken):
        makers.codes.matrix("x" * 5000)
    quote = a_full_quote()
    page = "https://chengye.example/q/" + "k7" * 13
    assert makers.codes.quote_link(quote, STORE, "王静", page=page).startswith(f"{page}#")
    assert len(makers.codes.signer_key()) == 32
    assert quote.number in makers.codes.quote_text(quote, STORE, "王静")


def test_seals_chain_and_notice_changes(makers: Makers) -> None:
    pdf = makers.slips.ticket(TicketPaper(STORE, "A017", "看车", NOW, 2, None))
    entries: list[SealEntry] = []
    for number, kind in enumerate((SealKind.AGREEMENT, SealKind.KEY_OUT, SealKind.KEY_IN)):
        sealed = makers.seals.seal(
            pdf, kind=kind, subject_id="a1", now=NOW + timedelta(minutes=number),
            previous=entries[-1] if entries else None, mileage_km=100 + number,
        )  # fmt: skip
        verdict = makers.seals.check(sealed.pdf)
        assert (verdict.is_intact, verdict.entry) == (True, sealed.entry)
        entries.append(sealed.entry)
        for place in (0, len(sealed.pdf) // 2, len(sealed.pdf) - 1):
            changed = bytearray(sealed.pdf)
            changed[place] ^= 1
            assert not makers.seals.check(bytes(changed)).is_intact
        assert not makers.seals.check(sealed.pdf + b"\n").is_intact
    check_chain(entries)
    assert [one.code for one in makers.seals.check(pdf).findings] == ["not_sealed"]


def test_previews_are_png_of_the_asked_width(makers: Makers) -> None:
    pages = makers.previews.pages(makers.slips.ticket(TicketPaper(STORE, "A017", "看车", NOW, 2, None)), 320)
    assert all(page.startswith(b"\x89PNG") and int.from_bytes(page[16:20], "big") == 320 for page in pages)
    with pytest.raises(RuleBroken):
        makers.previews.pages(b"text", 320)


def test_a_print_job_goes_out_once(makers: Makers) -> None:
    assert list(makers.printer.names()) == ["Front_Desk"]
    first = makers.printer.print_pdf(b"%PDF", job_key="k", title="t")
    again = makers.printer.print_pdf(b"%PDF", job_key="k", title="t")
    assert (first.repeated, again.repeated, again.job_id) == (False, True, first.job_id)
    with pytest.raises(RuleBroken):
        makers.printer.print_pdf(b"%PDF", job_key="other", title="t", printer="Nowhere")


def test_an_absent_printer_is_a_typed_answer(makers: Makers) -> None:
    assert list(makers.absent_printer.names()) == []
    with pytest.raises(Unavailable):
        makers.absent_printer.print_pdf(b"%PDF", job_key="k", title="t")
