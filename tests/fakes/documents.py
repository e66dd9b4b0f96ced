"""Paper in memory: documents are readable text, seals a digest with the chain entry, the printer a list."""

import hashlib
import io
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from PIL import Image

from smart4s_kiosk.domain.errors import RuleBroken, Unavailable
from smart4s_kiosk.domain.quote_versions import Quote
from smart4s_kiosk.domain.seals import SealEntry, SealKind, first_entry
from smart4s_kiosk.ports.appointment_papers import AppointmentPaper
from smart4s_kiosk.ports.documents import (
    AgreementPaper,
    KeyReceiptPaper,
    ListPaper,
    NoticePaper,
    PrintAnswer,
    QrMatrix,
    QuotePaper,
    RecoveryPaper,
    SealedPdf,
    SealFinding,
    SealVerdict,
    StoreFace,
    TicketPaper,
)

HEAD = b"%PDF-fake\n"


class FakeGlyphMissing(RuleBroken):
    """This fake draws no private-use characters, symbols beyond the basic plane or control characters."""

    code = "documents.glyph_missing"


def _must_be_drawable(text: str) -> None:
    for character in text:
        if character == "\n":
            continue
        kind = unicodedata.category(character)
        if kind in {"Co", "Cc", "Cf", "Cn"} or (kind == "So" and ord(character) > 0xFFFF):
            raise FakeGlyphMissing(character=character, code_point=f"U+{ord(character):04X}")


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return str(value)


def _written(title: str, paper: Any) -> bytes:
    text = json.dumps({"paper": title, **asdict(paper)}, ensure_ascii=False, default=_plain)
    _must_be_drawable(text)
    return HEAD + text.encode()


class FakeDocuments:
    """Every maker of papers; what was made stands in `made` as (title, bytes)."""

    def __init__(self) -> None:
        self.made: list[tuple[str, bytes]] = []

    def _keep(self, title: str, paper: Any) -> bytes:
        pdf = _written(title, paper)
        self.made.append((title, pdf))
        return pdf

    def quote_sheet(self, paper: QuotePaper) -> bytes:
        return self._keep("quote_sheet", paper)

    def agreement(self, paper: AgreementPaper) -> bytes:
        return self._keep("agreement", paper)

    def must_be_drawable(self, *texts: str) -> None:
        for text in texts:
            _must_be_drawable(text)

    def key_receipt(self, paper: KeyReceiptPaper) -> bytes:
        return self._keep("key_receipt", paper)

    def ticket(self, paper: TicketPaper) -> bytes:
        return self._keep("ticket", paper)

    def appointment(self, paper: AppointmentPaper) -> bytes:
        return self._keep("appointment", paper)

    def recovery_sheet(self, paper: RecoveryPaper) -> bytes:
        return self._keep("recovery_sheet", paper)

    def notice(self, paper: NoticePaper) -> bytes:
        return self._keep("notice", paper)

    def list_sheet(self, paper: ListPaper) -> bytes:
        return self._keep("list_sheet", paper)


class FakeQrCodes:
    """Matrices of the right size whose modules follow from the payload; nobody can scan them."""

    def matrix(self, payload: str) -> QrMatrix:
        version = 1 + len(payload.encode()) // 32
        if version > 25:
            raise RuleBroken(length=len(payload))
        size = 17 + 4 * version
        bits = hashlib.shake_256(payload.encode()).digest(size * size)
        rows = tuple(tuple(bool(bits[row * size + column] & 1) for column in range(size)) for row in range(size))
        return QrMatrix(version, rows)

    def quote_link(self, quote: Quote, store: StoreFace, consultant: str, *, page: str) -> str:
        return f"{page}#{int(quote.digest()[:16], 16)}"

    def signer_key(self) -> bytes:
        return bytes(32)

    def quote_text(self, quote: Quote, store: StoreFace, consultant: str) -> str:
        return f"{store.brand} {quote.number} v{quote.version} {quote.priced.total_fen} {consultant}"


class FakeSeals:
    """Seals with a digest over entry and pages behind the bytes."""

    SEPARATOR = b"\n%seal "

    def seal(
        self,
        pdf: bytes,
        *,
        kind: SealKind,
        subject_id: str,
        now: datetime,
        previous: SealEntry | None,
        mileage_km: int | None = None,
    ) -> SealedPdf:
        content = hashlib.sha256(pdf).hexdigest()
        if previous:
            entry = previous.next(kind, subject_id, content, now, mileage_km=mileage_km)
        else:
            entry = first_entry(kind, subject_id, content, now, mileage_km=mileage_km)
        facts = {**asdict(entry), "sealed_at": entry.sealed_at.isoformat(), "hash": entry.hash}
        return SealedPdf(pdf + self.SEPARATOR + json.dumps(facts).encode(), entry)

    def check(self, pdf: bytes) -> SealVerdict:
        pages, found, tail = pdf.rpartition(self.SEPARATOR)
        if not found:
            return SealVerdict((SealFinding("not_sealed"),))
        try:
            facts = json.loads(tail)
            stated = facts.pop("hash")
            entry = SealEntry(
                **{**facts, "kind": SealKind(facts["kind"]), "sealed_at": datetime.fromisoformat(facts["sealed_at"])}
            )
        except (ValueError, TypeError, KeyError):
            return SealVerdict((SealFinding("container"),))
        if entry.hash != stated or hashlib.sha256(pages).hexdigest() != entry.content_hash:
            return SealVerdict((SealFinding("changed"),))
        if json.dumps({**asdict(entry), "sealed_at": entry.sealed_at.isoformat(), "hash": stated}).encode() != tail:
            return SealVerdict((SealFinding("end"),))
        return SealVerdict((), entry, "00" * 32, entry.sealed_at)


class FakePreviews:
    """One white page for every document."""

    def pages(self, pdf: bytes, width_px: int) -> tuple[bytes, ...]:
        if not pdf.startswith(b"%PDF"):
            raise RuleBroken
        buffer = io.BytesIO()
        Image.new("RGB", (width_px, round(width_px * 1.414)), "white").save(buffer, "PNG")
        return (buffer.getvalue(),)


@dataclass
class FakePrinter:
    """Keeps what was printed; `away` makes it refuse."""

    printers: Sequence[str] = ("Front_Desk",)
    away: bool = False
    printed: dict[str, bytes] = field(default_factory=dict)
    sent_to: list[str] = field(default_factory=list)

    def names(self) -> Sequence[str]:
        return () if self.away else self.printers

    def print_pdf(self, pdf: bytes, *, job_key: str, title: str, printer: str = "") -> PrintAnswer:
        if job_key in self.printed:
            return PrintAnswer(f"job-{job_key}", repeated=True)
        if self.away:
            raise Unavailable("printer")
        if printer and printer not in self.printers:
            raise RuleBroken
        self.printed[job_key] = pdf
        self.sent_to.append(printer)
        return PrintAnswer(f"job-{job_key}")
