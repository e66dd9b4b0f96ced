"""Seals a finished PDF: the next link of the chain goes into the file, the store's certificate signs it (PAdES).

An incremental update: the pages stay byte for byte what was shown and signed. The seal proves that nothing changed
since; with a self-signed certificate it is the "agreed electronic signature" of the Electronic Signature Law, not a
certificate of an authority, and the papers say so.
"""

import hashlib
import io
from datetime import datetime

from asn1crypto import keys, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko_certvalidator.registry import SimpleCertificateStore

from smart4s_kiosk.documents.seal_check import check_seal
from smart4s_kiosk.documents.seal_format import ENTRY_KEY, FIELD_NAME, container, entry_dictionary, signed_attributes
from smart4s_kiosk.domain.errors import RuleBroken, Unavailable
from smart4s_kiosk.domain.seals import SealEntry, SealKind, first_entry
from smart4s_kiosk.ports.documents import SealedPdf, SealVerdict
from smart4s_kiosk.ports.vault import DocumentSigner, SigningIdentity

DIGEST = "sha256"
ROOM_BESIDE_CERTIFICATE = 1024
"""Bytes for everything in the container but the certificate; about 500 are used."""


class NotAPdf(RuleBroken):
    """These bytes are not a PDF that can be sealed."""

    code = "seal.not_a_pdf"


class AlreadySealed(RuleBroken):
    """A sealed document is never sealed again; a change is a new document."""

    code = "seal.already_sealed"


class PadesSeals:
    """Seals and checks with the store's certificate from the vault."""

    def __init__(self, signer: DocumentSigner, *, reason: str = "", location: str = "") -> None:
        self._signer = signer
        self._reason = reason
        self._location = location

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
        """The sealed file and its link, checked before it is handed back. Raises `NotAPdf`, `AlreadySealed`."""
        content_hash = hashlib.sha256(pdf).hexdigest()
        if previous is None:
            entry = first_entry(kind, subject_id, content_hash, now, mileage_km=mileage_km)
        else:
            entry = previous.next(kind, subject_id, content_hash, now, mileage_km=mileage_km)
        sealed = self._signed(pdf, entry)
        if not self.check(sealed).is_intact:
            raise Unavailable("seal", waiting_helps=False)
        return SealedPdf(sealed, entry)

    def check(self, pdf: bytes) -> SealVerdict:
        return check_seal(pdf, self._signer.identity().certificate)

    def _signed(self, pdf: bytes, entry: SealEntry) -> bytes:
        identity = self._signer.identity()
        try:
            writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
            if ENTRY_KEY in writer.root:
                raise AlreadySealed
            writer.root[ENTRY_KEY] = writer.add_object(entry_dictionary(entry, len(pdf)))
            writer.update_root()
        except (PdfReadError, ValueError) as error:
            raise NotAPdf from error
        return _embedded(writer, entry, identity, self._reason, self._location)


def _embedded(
    writer: IncrementalPdfFileWriter, entry: SealEntry, identity: SigningIdentity, reason: str, location: str
) -> bytes:
    """The four steps of pyHanko: field, signature object, digest, container."""
    placeholder = SignatureObject(
        subfilter=fields.SigSeedSubFilter.PADES,
        timestamp=entry.sealed_at,
        reason=reason or None,
        location=location or None,
        bytes_reserved=2 * (len(identity.certificate) + ROOM_BESIDE_CERTIFICATE),
    )
    steps = PdfCMSEmbedder(fields.SigFieldSpec(FIELD_NAME)).write_cms(FIELD_NAME, writer)
    next(steps)
    steps.send(SigObjSetup(sig_placeholder=placeholder))
    digest, output = steps.send(SigIOSetup(md_algorithm=DIGEST, in_place=False))
    steps.send(sealed_container(identity, digest.document_digest))
    return bytes(output.getvalue())


def sealed_container(identity: SigningIdentity, document_digest: bytes) -> bytes:
    """The signature container for a digest, in our one form."""
    certificate = x509.Certificate.load(identity.certificate)
    signer = signers.SimpleSigner(
        signing_cert=certificate,
        signing_key=keys.PrivateKeyInfo.load(identity.private_key),
        cert_registry=SimpleCertificateStore(),
    )
    attributes = signed_attributes(certificate, document_digest)
    return container(certificate, attributes, signer.sign_raw(attributes.dump(), DIGEST))
