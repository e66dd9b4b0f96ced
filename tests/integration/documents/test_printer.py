"""Printing through programs that stand in for CUPS: once each, and honest about what went wrong."""

from pathlib import Path

import pytest

from smart4s_kiosk.documents.printer import CupsPrinter, PrinterAway, PrinterUnknown, PrintUncertain
from smart4s_kiosk.documents.slips import SlipMaker
from smart4s_kiosk.documents.test_drive_agreement import AgreementMaker
from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.ports.documents import TicketPaper
from tests.builders_documents import NOW, STORE, an_agreement


def program(folder: Path, name: str, script: str) -> str:
    place = folder / name
    place.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    place.chmod(0o755)
    return str(place)


@pytest.fixture
def lpstat(tmp_path: Path) -> str:
    return program(tmp_path, "lpstat", "printf 'Front_Desk\\nSlip-80mm\\n'")


def a_printer(tmp_path: Path, lpstat: str, script: str) -> CupsPrinter:
    return CupsPrinter(tmp_path / "jobs", lp=program(tmp_path, "lp", script), lpstat=lpstat)


def counting(tmp_path: Path) -> str:
    return f'echo "$@" >> {tmp_path}/calls; for last; do :; done; cp "$last" {tmp_path}/printed; echo "request id is Front_Desk-41 (1 file(s))"'


def test_a_job_goes_out_once_whatever_the_restarts(tmp_path: Path, lpstat: str) -> None:
    script = counting(tmp_path)
    first = a_printer(tmp_path, lpstat, script).print_pdf(b"%PDF one", job_key="quote q1 v1", title="报价 WJ; rm -rf")
    again = a_printer(tmp_path, lpstat, script).print_pdf(b"%PDF one", job_key="quote q1 v1", title="x")
    assert (first.job_id, first.repeated) == ("Front_Desk-41", False)
    assert (again.job_id, again.repeated) == ("Front_Desk-41", True)
    calls = (tmp_path / "calls").read_text(encoding="utf-8").splitlines()
    assert len(calls) == 1
    assert ";" not in calls[0]
    assert (tmp_path / "printed").read_bytes() == b"%PDF one"


def test_a_person_may_ask_for_the_paper_once_more(tmp_path: Path, lpstat: str) -> None:
    printer = a_printer(tmp_path, lpstat, counting(tmp_path))
    printer.print_pdf(b"%PDF", job_key="k", title="t")
    printer.forget("k")
    assert not printer.print_pdf(b"%PDF", job_key="k", title="t").repeated


def test_printers_are_listed_and_unknown_ones_refused(tmp_path: Path, lpstat: str) -> None:
    printer = a_printer(tmp_path, lpstat, counting(tmp_path))
    assert list(printer.names()) == ["Front_Desk", "Slip-80mm"]
    for name in ("Other", "-o raw", "../x"):
        with pytest.raises(PrinterUnknown):
            printer.print_pdf(b"%PDF", job_key=name, title="t", printer=name)
    assert not printer.print_pdf(b"%PDF", job_key="Other", title="t", printer="Slip-80mm").repeated


def test_without_a_print_service_there_is_no_printer_and_a_typed_answer(tmp_path: Path) -> None:
    printer = CupsPrinter(tmp_path / "jobs", lp=str(tmp_path / "none"), lpstat=str(tmp_path / "none"))
    assert list(printer.names()) == []
    with pytest.raises(PrinterAway):
        printer.print_pdf(b"%PDF", job_key="k", title="t")
    with pytest.raises(PrinterAway):
        printer.print_pdf(b"%PDF", job_key="k", title="t")


def test_a_refused_job_may_be_tried_again(tmp_path: Path, lpstat: str) -> None:
    with pytest.raises(PrinterAway) as refused:
        a_printer(tmp_path, lpstat, "echo 'lp: no default destination' >&2; exit 1").print_pdf(
            b"%", job_key="k", title="t"
        )
    assert refused.value.facts["said"] == "lp: no default destination"
    assert not a_printer(tmp_path, lpstat, counting(tmp_path)).print_pdf(b"%", job_key="k", title="t").repeated


def test_a_print_service_that_hangs_is_uncertain_and_not_repeated(tmp_path: Path, lpstat: str) -> None:
    slow = CupsPrinter(tmp_path / "jobs", lp=program(tmp_path, "lp", "exec sleep 30"), lpstat=lpstat, time_limit_s=0.2)
    with pytest.raises(PrintUncertain):
        slow.print_pdf(b"%PDF", job_key="k", title="t")
    assert issubclass(PrintUncertain, Unavailable)
    assert a_printer(tmp_path, lpstat, counting(tmp_path)).print_pdf(b"%PDF", job_key="k", title="t").repeated
    assert not (tmp_path / "calls").exists()


def test_each_paper_asks_for_its_own_size(tmp_path: Path, lpstat: str) -> None:
    printer = a_printer(tmp_path, lpstat, counting(tmp_path))
    slips = SlipMaker()
    printer.print_pdf(slips.ticket(TicketPaper(STORE, "A1", "看车", NOW, 0, None)), job_key="slip", title="t")
    printer.print_pdf(AgreementMaker().agreement(an_agreement()), job_key="sheet", title="t")
    slip, sheet = (tmp_path / "calls").read_text(encoding="utf-8").splitlines()
    assert "media=Custom.80x88mm" in slip
    assert "media=A4" in sheet
