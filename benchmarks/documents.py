"""Papers and codes: how long drawing, sealing, checking and coding take, and how large the results are.

Goals: agreement drawn and sealed in 0.3 s, quote code in 0.3 s, live total in 50 ms.
Run: python -m benchmarks.documents
"""

import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.bar import in_folder, run_bar
from smart4s_kiosk.documents.preview import PdfiumPreviews
from smart4s_kiosk.documents.qr import QuoteCodes
from smart4s_kiosk.documents.quote_sheet import QuoteSheetMaker
from smart4s_kiosk.documents.seal import PadesSeals
from smart4s_kiosk.documents.test_drive_agreement import AgreementMaker
from smart4s_kiosk.domain.quotes import price
from smart4s_kiosk.domain.seals import SealKind
from smart4s_kiosk.ports.documents import QuotePaper
from tests.builders_documents import NOW, STORE, an_agreement
from tests.builders_quotes import RULES, TODAY, a_full_quote
from tests.fakes.vault import FakeDeviceSigner
from tests.integration.documents.signer import a_signer

PAGE = "https://connector.chengye.example/q/" + "k7" * 13


def timed(work: Callable[[], object], rounds: int) -> dict[str, float]:
    """Milliseconds: the first call, then processor time, middle and 95th of a hundred of the later ones."""
    taken, cpu = [], []
    for _ in range(rounds + 1):
        start, cpu_start = time.perf_counter(), time.process_time()
        work()
        taken.append((time.perf_counter() - start) * 1000)
        cpu.append((time.process_time() - cpu_start) * 1000)
    later = sorted(taken[1:])
    return {
        "first_ms": round(taken[0], 1),
        "cpu_p50_ms": round(statistics.median(cpu[1:]), 1),
        "p50_ms": round(statistics.median(later), 1),
        "p95_ms": round(later[int(0.95 * (len(later) - 1))], 1),
    }


def measure(folder: Path, rounds: int) -> dict[str, Any]:
    maker, sheets, codes = AgreementMaker(), QuoteSheetMaker(), QuoteCodes(FakeDeviceSigner())
    seals = PadesSeals(a_signer(folder))
    paper, quote = an_agreement(), a_full_quote()
    draft = quote.priced.draft
    link = codes.quote_link(quote, STORE, "王静", page=PAGE)
    sheet = QuotePaper(STORE, quote, "王静", qr_payload=link)

    def seal(pdf: bytes) -> bytes:
        return seals.seal(pdf, kind=SealKind.AGREEMENT, subject_id="a", now=NOW, previous=None).pdf

    result: dict[str, Any] = {"agreement_draw": timed(lambda: maker.agreement(paper), rounds)}
    pdf = maker.agreement(paper)
    sealed = seal(pdf)
    result |= {
        "agreement_seal": timed(lambda: seal(pdf), rounds),
        "agreement_draw_and_seal": timed(lambda: seal(maker.agreement(paper)), rounds),
        "seal_check": timed(lambda: seals.check(sealed), rounds),
        "quote_price": timed(lambda: price(draft, RULES, TODAY), rounds),
        "quote_sheet": timed(lambda: sheets.quote_sheet(sheet), rounds),
        "quote_code": timed(lambda: codes.matrix(codes.quote_link(quote, STORE, "王静", page=PAGE)), rounds),
        "preview_700px": timed(lambda: PdfiumPreviews().pages(pdf, 700), max(1, rounds // 3)),
    }
    text = codes.quote_text(quote, STORE, "王静")
    result |= {
        "agreement_bytes": len(sealed),
        "quote_sheet_bytes": len(sheets.quote_sheet(sheet)),
        "link_code_version": codes.matrix(link).version,
        "text_code_version": codes.matrix(text).version,
        "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    return result


def main() -> int:
    return run_bar("documents", __doc__, in_folder(measure), rounds=30)


if __name__ == "__main__":
    sys.exit(main())
