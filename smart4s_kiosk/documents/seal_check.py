"""The strict check of a sealed file: every byte is either signed, or has exactly one value that it may have.

Readers' usual verdict "signature valid" leaves room: zero padding behind the container, upper or lower case of its
digits, bytes after the end, parts of the container that nothing signs. Here each of them is a finding.
"""

import hashlib
import io
import re

from asn1crypto import cms, x509
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import CMSStructuralError
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from smart4s_kiosk.documents.seal_format import ENTRY_KEY, EntryUnreadable, container, entry_from
from smart4s_kiosk.domain.seals import SealEntry
from smart4s_kiosk.ports.documents import SealFinding, SealVerdict

_BYTE_RANGE = re.compile(rb"/ByteRange \[0 (\d{1,10}) (\d{1,10}) (\d{1,10})\]")
_END = b"%%EOF\n"
_HEX = frozenset(b"0123456789ABCDEF")


class _Broken(Exception):
    """Stops the check at the first thing that is wrong."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.finding = SealFinding(code, detail)


def check_seal(pdf: bytes, store_certificate: bytes | None = None) -> SealVerdict:
    """What is wrong with a sealed file, if anything. With a certificate (DER) the seal must be of its key.

    Findings: not_sealed, several_seals, range, end, digits, padding, container, changed, signature, other_key, entry.
    """
    certificate_hash = ""
    entry: SealEntry | None = None
    try:
        digest, packed = _signed_part(pdf)
        certificate = _checked_container(packed, digest)
        certificate_hash = hashlib.sha256(certificate.dump()).hexdigest()
        if store_certificate is not None:
            _must_be_key_of(certificate, store_certificate)
        entry = _checked_entry(pdf)
    except _Broken as broken:
        return SealVerdict((broken.finding,), entry, certificate_hash)
    return SealVerdict((), entry, certificate_hash, entry.sealed_at)


def _signed_part(pdf: bytes) -> tuple[bytes, bytes]:
    """(SHA-256 of all but the container, the container's bytes without padding)."""
    ranges = _BYTE_RANGE.findall(pdf)
    if len(ranges) != 1 or pdf.count(b"/ByteRange") != 1:
        raise _Broken("several_seals" if pdf.count(b"/ByteRange") > 1 else "not_sealed")
    first, second, rest = (int(number) for number in ranges[0])
    if second + rest != len(pdf) or not 0 < first < second < len(pdf):
        raise _Broken("range", f"{first} {second} {rest} of {len(pdf)}")
    if not pdf.endswith(_END) or pdf[first : first + 1] != b"<" or pdf[second - 1 : second] != b">":
        raise _Broken("end")
    digits = pdf[first + 1 : second - 1]
    if len(digits) % 2 or not _HEX.issuperset(digits):
        raise _Broken("digits")
    packed = bytes.fromhex(digits.decode("ascii"))
    length = _der_length(packed)
    if packed[length:].strip(b"\0"):
        raise _Broken("padding")
    digest = hashlib.sha256(pdf[:first])
    digest.update(pdf[second:])
    return digest.digest(), packed[:length]


def _der_length(packed: bytes) -> int:
    """Length of the outermost SEQUENCE, which must be long and in its shortest form."""
    if packed[:2] != b"\x30\x82" or len(packed) < 4:
        raise _Broken("container")
    length = 4 + int.from_bytes(packed[2:4], "big")
    if length > len(packed):
        raise _Broken("container")
    return length


def _checked_container(packed: bytes, digest: bytes) -> x509.Certificate:
    """The certificate, after the container proved to be of our form and to sign exactly this digest."""
    try:
        content = cms.ContentInfo.load(packed, strict=True)
        signed = content["content"]
        signer = signed["signer_infos"][0]
        certificate = signed["certificates"][0].chosen
        same = container(certificate, signer["signed_attrs"], signer["signature"].native) == packed
        attributes = {one["type"].native: one["values"] for one in signer["signed_attrs"]}
        stated = attributes["message_digest"][0].native
        bound = attributes["signing_certificate_v2"][0]["certs"][0]["cert_hash"].native
        if not same:
            raise _Broken("container")
        if stated != digest:
            raise _Broken("changed")
        if bound != hashlib.sha256(certificate.dump()).digest():
            raise _Broken("container", "certificate")
        intact, valid = validate_sig_integrity(signer, certificate, "data", digest)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise _Broken("container", type(error).__name__) from error
    except (CMSStructuralError, SignatureValidationError) as error:
        raise _Broken("signature", type(error).__name__) from error
    if not (intact and valid):
        raise _Broken("signature")
    return certificate


def _must_be_key_of(certificate: x509.Certificate, store_certificate: bytes) -> None:
    """The store renews its certificate but keeps its key."""
    ours = x509.Certificate.load(store_certificate).public_key.dump()
    if certificate.public_key.dump() != ours:
        raise _Broken("other_key")


def _checked_entry(pdf: bytes) -> SealEntry:
    """The link of the chain, whose hash must be that of the pages before the seal."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        dictionary = reader.root[ENTRY_KEY]
        if not isinstance(dictionary, DictionaryObject) or len(reader.embedded_signatures) != 1:
            raise _Broken("entry")
        entry, length = entry_from(dictionary)
    except (PdfError, EntryUnreadable, KeyError, ValueError) as error:
        raise _Broken("entry", type(error).__name__) from error
    if hashlib.sha256(pdf[:length]).hexdigest() != entry.content_hash:
        raise _Broken("entry", "content")
    return entry
