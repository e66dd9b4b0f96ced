"""Makers of each document, as services see them: frozen values in, bytes or values out.

Papers hold finished facts (names, masked numbers, times); builders only set them. Times are aware UTC and printed in
`StoreFace.time_zone`. Every builder raises `GlyphMissing` (a `RuleBroken`) when a character cannot be printed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from smart4s_kiosk.domain.agreement_texts import AgreementText
from smart4s_kiosk.domain.agreements import ClauseRead, RideKind, Signature
from smart4s_kiosk.domain.quote_versions import Quote, QuoteChange
from smart4s_kiosk.domain.seals import SealEntry, SealKind


@dataclass(frozen=True, slots=True)
class StoreFace:
    """How the store presents itself on paper."""

    brand: str
    name: str
    address: str = ""
    phone: str = ""
    accent: str = "#2348A8"
    domain: str = ""
    """Printed beside every code, so that a sticker over it is noticed."""
    time_zone: str = "Asia/Shanghai"
    emergency_phone: str = ""
    company: str = ""
    """Registered name: the contracting party."""


@dataclass(frozen=True, slots=True)
class QrMatrix:
    """A code as dark (True) and light modules, without its quiet zone of four."""

    version: int
    rows: tuple[tuple[bool, ...], ...]

    @property
    def size(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class QuotePaper:
    """A quote as the customer takes it home."""

    store: StoreFace
    quote: Quote
    consultant: str
    customer: str = ""
    """Masked: "张*先生"."""
    language: str = "zh_CN"
    changes: tuple[QuoteChange, ...] = ()
    """Against the version before."""
    qr_payload: str = ""
    """Signed link or text; empty: no code on the sheet."""
    printed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ConditionPhoto:
    """The car's condition at hand-over: JPEG or PNG."""

    caption: str
    image: bytes


@dataclass(frozen=True, slots=True)
class CarFacts:
    """The car lent."""

    model: str
    plate: str
    vin_tail: str
    mileage_km: int
    energy_level: str
    """Fuel or charge in words: "电量 82 %"."""
    gearbox: str = ""
    """"automatic" or "manual", or words."""
    condition: str = ""
    photos: tuple[ConditionPhoto, ...] = ()
    compulsory_until: date | None = None
    commercial_until: date | None = None
    third_party_fen: int = 0
    seat_fen: int = 0
    excess_fen: int = 0
    insurer: str = ""


@dataclass(frozen=True, slots=True)
class RouteFacts:
    """Where and when."""

    name: str
    distance_km: float
    motorway_km: float
    speed_limit_kmh: int
    starts_at: datetime
    ends_at: datetime
    companion: str


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """The customer: driver or passenger."""

    name: str
    phone: str
    """Masked."""
    licence_number: str = ""
    """Masked; empty on a passenger ride."""
    licence_class: str = ""
    licence_until: str = ""
    """Date in ISO form, or "长期"."""
    first_issued: date | None = None
    verdict: str = ""
    """The licence decision in words of the document's language."""
    verdict_reasons: tuple[str, ...] = ()
    """Each with rule and date."""
    guardian: str = ""


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """One signature with its moment; `strokes_hash` is SHA-256 (hex) of the stored strokes."""

    name: str
    signature: Signature
    signed_at: datetime
    strokes_hash: str


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """What proves how it was signed."""

    agreement_id: str
    visit_id: str
    terminal: str
    """Name and id of the terminal."""
    program: str
    """Name and version of the program."""
    created_at: datetime
    licence_consent: str = ""
    """Version and hash of the consent text for licence data; empty: fields copied by hand."""
    witness: str = ""
    """Consultant who sat opposite."""
    phone_code_confirmed_at: datetime | None = None
    previous_seal: SealEntry | None = None


@dataclass(frozen=True, slots=True)
class AgreementPaper:
    """A test-drive or passenger agreement, complete: without `customer_signature` it is a reading copy."""

    store: StoreFace
    number: str
    kind: RideKind
    text: AgreementText
    person: PersonFacts
    consultant: str
    consultant_badge: str
    car: CarFacts
    route: RouteFacts
    deposit_fen: int
    clauses_read: tuple[ClauseRead, ...]
    evidence: EvidenceFacts
    customer_signature: SignatureFacts | None = None
    consultant_signature: SignatureFacts | None = None
    guardian_signature: SignatureFacts | None = None
    qr_payload: str = ""


@dataclass(frozen=True, slots=True)
class KeyReceiptPaper:
    """A key handed out or taken back."""

    store: StoreFace
    kind: SealKind
    """KEY_OUT or KEY_IN."""
    agreement_number: str
    car: str
    plate: str
    key_label: str
    holder: str
    handed_by: str
    moved_at: datetime
    mileage_km: int
    energy_level: str
    due_at: datetime | None = None
    damage: str = ""
    seal: SealEntry | None = None
    language: str = "zh_CN"


@dataclass(frozen=True, slots=True)
class TicketPaper:
    """A queue slip, 80 mm."""

    store: StoreFace
    number: str
    purpose: str
    at: datetime
    ahead: int | None
    """None: nobody counts, somebody was asked already."""
    wait_minutes: int | None
    consultant: str = ""
    qr_payload: str = ""
    language: str = "zh_CN"


@dataclass(frozen=True, slots=True)
class RecoveryPaper:
    """The store's recovery sheet: whoever holds it can open the backup."""

    store: StoreFace
    lines: tuple[str, ...]
    """Lines of words to type, as the vault gives them (`RecoverySheet.lines`)."""
    code: str
    """What the code holds (`RecoverySheet.code`)."""
    made_at: datetime
    language: str = "zh_CN"


@dataclass(frozen=True, slots=True)
class NoticePaper:
    """The sign for the kiosk area: what the camera does and does not do, in both languages."""

    store: StoreFace
    title: str
    paragraphs: tuple[str, ...]
    title_en: str
    paragraphs_en: tuple[str, ...]
    version: str
    printed_on: date


@dataclass(frozen=True, slots=True)
class ListPaper:
    """A list for the hand, such as the showroom log; every cell is finished text."""

    store: StoreFace
    title: str
    reader: str
    """Who took it out and when: stands above the list."""
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    printed_at: datetime
    language: str = "zh_CN"


@dataclass(frozen=True, slots=True)
class SealedPdf:
    """A finished document with its link in the chain."""

    pdf: bytes
    entry: SealEntry


@dataclass(frozen=True, slots=True)
class SealFinding:
    """One thing wrong with a sealed file; `code` has words in the interface, `detail` is for the auditor."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SealVerdict:
    """What the strict check found; no findings: the file is exactly as it was sealed."""

    findings: tuple[SealFinding, ...]
    entry: SealEntry | None = None
    certificate_sha256: str = ""
    signed_at: datetime | None = None

    @property
    def is_intact(self) -> bool:
        return not self.findings


@dataclass(frozen=True, slots=True)
class PrintAnswer:
    """What became of a print: `repeated` means this job key was already printed and nothing was sent."""

    job_id: str
    repeated: bool = False


class QuoteSheets(Protocol):
    """Makes quote sheets."""

    def quote_sheet(self, paper: QuotePaper) -> bytes:
        """PDF, A4."""
        ...


class Agreements(Protocol):
    """Makes agreements."""

    def agreement(self, paper: AgreementPaper) -> bytes:
        """PDF, A4, not yet sealed."""
        ...

    def must_be_drawable(self, *texts: str) -> None:
        """Asked before signing; raises `GlyphMissing` naming the character."""
        ...


class Slips(Protocol):
    """Makes the small papers."""

    def key_receipt(self, paper: KeyReceiptPaper) -> bytes:
        """PDF, A5."""
        ...

    def ticket(self, paper: TicketPaper) -> bytes:
        """PDF, 80 mm wide, as long as needed."""
        ...

    def recovery_sheet(self, paper: RecoveryPaper) -> bytes:
        """PDF, A4."""
        ...

    def notice(self, paper: NoticePaper) -> bytes:
        """PDF, A4."""
        ...


class ListSheets(Protocol):
    """Makes lists."""

    def list_sheet(self, paper: ListPaper) -> bytes:
        """PDF, A4 across, its head on every page."""
        ...


class QrCodes(Protocol):
    """Makes codes."""

    def matrix(self, payload: str) -> QrMatrix:
        """The smallest code that holds the payload; raises `PayloadTooLong` above version 25."""
        ...

    def quote_link(self, quote: Quote, store: StoreFace, consultant: str, *, page: str) -> str:
        """The page's address with the whole signed quote in its fragment: nothing but the phone's browser sees it."""
        ...

    def signer_key(self) -> bytes:
        """Public key that `quote_link` signs with."""
        ...

    def quote_text(self, quote: Quote, store: StoreFace, consultant: str) -> str:
        """The figures as plain text: readable by any scanner without a network."""
        ...


class Seals(Protocol):
    """Seals documents and checks them."""

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
        """PAdES seal with the store's certificate and the next link of the chain."""
        ...

    def check(self, pdf: bytes) -> SealVerdict:
        """Strict: any changed, added or removed byte is a finding."""
        ...


class Previews(Protocol):
    """Pages of a finished PDF as pictures."""

    def pages(self, pdf: bytes, width_px: int) -> tuple[bytes, ...]:
        """One PNG a page, `width_px` wide."""
        ...


class Printer(Protocol):
    """The system's printers."""

    def names(self) -> Sequence[str]:
        """Printers that are set up; empty: the print button is absent."""
        ...

    def print_pdf(self, pdf: bytes, *, job_key: str, title: str, printer: str = "") -> PrintAnswer:
        """Hand over once: the same `job_key` never prints twice. Raises `Unavailable` (printer away)."""
        ...
