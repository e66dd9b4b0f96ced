"""Codes: a payload to its matrix, and a whole quote inside a code, signed, readable without any network."""

import hashlib
import json
import zlib
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError
from qrcode.util import QRData

from smart4s_kiosk.documents.quote_words import line_title, words_in
from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.money import in_yuan
from smart4s_kiosk.domain.quote_versions import Quote
from smart4s_kiosk.domain.quotes import LineCode, LineKind, PricedQuote, QuoteLine
from smart4s_kiosk.domain.subsidies import SubsidyKind
from smart4s_kiosk.domain.taxes import ChargeNote
from smart4s_kiosk.ports.documents import QrMatrix, StoreFace

LARGEST_VERSION = 25
NUMBERS: Literal[1] = 1
BYTES: Literal[4] = 4
"""Modes of a code (ISO/IEC 18004, table 2)."""
LINK_FORMAT = 1
SIGNED_UNDER = b"smart4s-quote-link-1\n"
"""Put before what is signed, so that a signature for one purpose is worth nothing for another."""
SIGNATURE_BYTES = 64
KEY_ID_BYTES = 4
DIGITS_A_WORD = 5
DIGITS_A_BYTE = 3
NAME_BYTES = 60

# The letters of link format 1: never reuse one, only add.
LINE_LETTERS = {
    LineCode.LIST_PRICE: "p",
    LineCode.DISCOUNT: "d",
    LineCode.PURCHASE_TAX: "t",
    LineCode.COMPULSORY_INSURANCE: "i",
    LineCode.VEHICLE_TAX: "v",
    LineCode.COMMERCIAL_INSURANCE: "c",
    LineCode.REGISTRATION_SERVICE: "r",
    LineCode.LOAN_SERVICE: "l",
    LineCode.EXTRA: "x",
}
KIND_LETTERS = {
    LineKind.CAR: "c",
    LineKind.STATUTORY: "s",
    LineKind.OPTIONAL: "o",
    LineKind.SERVICE_FEE: "f",
    LineKind.EXEMPT: "e",
}
NOTE_LETTERS = {
    ChargeNote.NONE: "",
    ChargeNote.HALVED: "h",
    ChargeNote.CAPPED: "c",
    ChargeNote.EXEMPT: "e",
    ChargeNote.FIRST_YEAR: "f",
    ChargeNote.BY_MONTHS: "m",
}
SUBSIDY_LETTERS = {SubsidyKind.SCRAP: "s", SubsidyKind.TRADE_IN: "t", SubsidyKind.LOCAL: "l"}


class PayloadTooLong(RuleBroken):
    """This does not fit into a code that a phone reads easily."""

    code = "qr.payload_too_long"


class LinkUnreadable(RuleBroken):
    """This is not a quote link."""

    code = "qr.link_unreadable"


class Signer(Protocol):
    """An Ed25519 identity; the vault's `DeviceSigner` is one."""

    def public_key(self) -> bytes: ...

    def sign(self, message: bytes) -> bytes: ...


def matrix(payload: str) -> QrMatrix:
    """The smallest code of medium error correction; raises `PayloadTooLong`.

    Long runs of digits at the end (the fragment of a quote link) are set as numbers, three to ten bits.
    """
    maker = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    head = payload.rstrip("0123456789")
    if len(payload) - len(head) > 20:
        maker.add_data(QRData(head.encode(), BYTES), optimize=0)
        maker.add_data(QRData(payload[len(head) :].encode(), NUMBERS), optimize=0)
    else:
        maker.add_data(QRData(payload.encode(), BYTES), optimize=0)
    try:
        version = maker.best_fit()
        if version > LARGEST_VERSION:
            raise PayloadTooLong(length=len(payload), version=version)
        maker.make(fit=False)
    except (DataOverflowError, ValueError) as error:
        raise PayloadTooLong(length=len(payload)) from error
    return QrMatrix(version, tuple(tuple(bool(module) for module in row) for row in maker.modules))


def digits(data: bytes) -> str:
    """Bytes as decimal digits: five a pair, three for a last single one. Safe in every address."""
    pairs = (int.from_bytes(data[place : place + 2], "big") for place in range(0, len(data) - 1, 2))
    text = "".join(f"{pair:0{DIGITS_A_WORD}d}" for pair in pairs)
    return text + (f"{data[-1]:0{DIGITS_A_BYTE}d}" if len(data) % 2 else "")


def undigits(text: str) -> bytes:
    """The bytes of `digits`; raises `LinkUnreadable`."""
    whole = len(text) - len(text) % DIGITS_A_WORD
    if not text.isdecimal() or not text.isascii() or len(text) % DIGITS_A_WORD not in {0, DIGITS_A_BYTE}:
        raise LinkUnreadable
    try:
        pairs = [
            int(text[place : place + DIGITS_A_WORD]).to_bytes(2, "big") for place in range(0, whole, DIGITS_A_WORD)
        ]
        return b"".join(pairs) + (int(text[whole:]).to_bytes(1, "big") if whole < len(text) else b"")
    except OverflowError as error:
        raise LinkUnreadable from error


@dataclass(frozen=True, slots=True)
class QuoteLink:
    """What a quote link holds."""

    facts: list[Any]
    signed: bytes
    """Exactly what the signature covers."""
    signature: bytes
    key_id: bytes
    """First bytes of the SHA-256 of the public key."""


def key_id(public_key: bytes) -> bytes:
    return hashlib.sha256(public_key).digest()[:KEY_ID_BYTES]


def open_quote_link(link: str) -> QuoteLink:
    """Parts of a link, bounded at 8 KB unpacked; whoever reads it checks the signature. Raises `LinkUnreadable`."""
    data = undigits(link.partition("#")[2])
    if len(data) <= 1 + KEY_ID_BYTES + SIGNATURE_BYTES or data[0] != LINK_FORMAT:
        raise LinkUnreadable
    packed = data[1 + KEY_ID_BYTES + SIGNATURE_BYTES :]
    try:
        unpacker = zlib.decompressobj(wbits=-15)
        plain = unpacker.decompress(packed, 8192)
        facts = json.loads(plain)
    except (zlib.error, ValueError) as error:
        raise LinkUnreadable from error
    if not unpacker.eof or unpacker.unused_data or not isinstance(facts, list):
        raise LinkUnreadable
    return QuoteLink(
        facts=facts,
        signed=SIGNED_UNDER + packed,
        signature=data[1 + KEY_ID_BYTES : 1 + KEY_ID_BYTES + SIGNATURE_BYTES],
        key_id=data[1 : 1 + KEY_ID_BYTES],
    )


class QuoteCodes:
    """Makes codes; signs quote links with this terminal's identity."""

    def __init__(self, signer: Signer) -> None:
        self._signer = signer

    def matrix(self, payload: str) -> QrMatrix:
        return matrix(payload)

    def signer_key(self) -> bytes:
        return self._signer.public_key()

    def quote_link(self, quote: Quote, store: StoreFace, consultant: str, *, page: str) -> str:
        """The quote, packed and signed, behind the # of the page's address: it reaches no server."""
        facts = json.dumps(link_facts(quote, store, consultant), ensure_ascii=False, separators=(",", ":"))
        packer = zlib.compressobj(9, wbits=-15)
        packed = packer.compress(facts.encode()) + packer.flush()
        signature = self._signer.sign(SIGNED_UNDER + packed)
        data = bytes([LINK_FORMAT]) + key_id(self._signer.public_key()) + signature + packed
        return f"{page}#{digits(data)}"

    def quote_text(self, quote: Quote, store: StoreFace, consultant: str) -> str:
        """The figures in words, short enough for a code."""
        _ = words_in("zh_CN")
        priced, car = quote.priced, quote.priced.draft.car
        head = [f"{store.brand} {store.name}", f"{quote.number} v{quote.version}"]
        lines = [f"{line_title(one, _)} {_text_amount(one)}" for one in priced.lines]
        total = _("On-road price") if priced.is_final else _("On-road price, not final")
        foot = [
            f"{total} {in_yuan(priced.total_fen)}",
            " ".join((_("Valid until"), priced.valid_until.isoformat())),
            _("Nothing that is not listed is charged"),
            " ".join((_("Check code"), quote.check_code())),
            f"{consultant} {store.phone}".strip(),
        ]
        return "\n".join([*head, f"{car.brand} {car.model} {car.trim} {car.colour}", *lines, *foot])


def _text_amount(line: QuoteLine) -> str:
    _ = words_in("zh_CN")
    return _("to be checked") if line.is_unverified else in_yuan(line.amount_fen)


def link_facts(quote: Quote, store: StoreFace, consultant: str) -> list[Any]:
    """Facts by position, dates as numbers and enums as single letters: every byte makes the code coarser."""
    priced, car = quote.priced, quote.priced.draft.car
    return [
        quote.number,
        quote.version,
        _day(priced.priced_on),
        _day(priced.valid_until),
        [_cut(store.brand), _cut(store.name), store.phone, _cut(consultant)],
        [_cut(f"{car.brand} {car.model} {car.trim}"), _cut(car.colour)],
        [_line_facts(line) for line in priced.lines],
        int(priced.is_final),
        [[SUBSIDY_LETTERS[one.kind], one.amount_fen, _day(one.last_day)] for one in priced.subsidies],
        _loan_facts(priced),
        quote.check_code(),
    ]


def _line_facts(line: QuoteLine) -> list[Any]:
    flags = int(line.is_estimate) + 2 * int(line.is_unverified)
    facts: list[Any] = [
        LINE_LETTERS[line.code] + KIND_LETTERS[line.kind] + NOTE_LETTERS[line.note],
        line.amount_fen,
        flags,
        _cut(line.name),
    ]
    while facts[-1] in {"", 0} and len(facts) > 2:
        facts.pop()
    return facts


def _loan_facts(priced: PricedQuote) -> list[Any]:
    if priced.loan is None:
        return []
    loan = priced.loan
    return [loan.terms.principal_fen, loan.terms.months, str(loan.annual_rate), loan.first_fen, loan.total_interest_fen]


def _day(day: date) -> int:
    """20261121."""
    return day.year * 10000 + day.month * 100 + day.day


def _cut(text: str) -> str:
    """At most 60 bytes of UTF-8, whole characters."""
    return text.encode()[:NAME_BYTES].decode(errors="ignore")
