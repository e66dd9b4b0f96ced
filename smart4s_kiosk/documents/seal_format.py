"""What a sealed file holds: the chain entry inside the PDF, and the one form that the signature container may have."""

from datetime import datetime

from asn1crypto import algos, cms, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.sign.general import as_signing_certificate_v2

from smart4s_kiosk.domain.seals import SealEntry, SealKind

ENTRY_KEY = pdf_name("/S4SSeal")
FIELD_NAME = "StoreSeal"


class EntryUnreadable(ValueError):
    """The chain entry inside a PDF is missing or not in our form."""


def entry_dictionary(entry: SealEntry, content_length: int) -> generic.DictionaryObject:
    """The entry as a PDF dictionary for the catalogue; `content_length` is that of the PDF before the seal."""
    facts = {
        "/Sequence": generic.NumberObject(entry.sequence),
        "/Kind": generic.TextStringObject(entry.kind.value),
        "/Subject": generic.TextStringObject(entry.subject_id),
        "/ContentHash": generic.TextStringObject(entry.content_hash),
        "/ContentLength": generic.NumberObject(content_length),
        "/PreviousHash": generic.TextStringObject(entry.previous_hash),
        "/SealedAt": generic.TextStringObject(entry.sealed_at.isoformat()),
    }
    if entry.mileage_km is not None:
        facts["/MileageKm"] = generic.NumberObject(entry.mileage_km)
    return generic.DictionaryObject({pdf_name(key): value for key, value in facts.items()})


def entry_from(dictionary: generic.DictionaryObject) -> tuple[SealEntry, int]:
    """(entry, length of the PDF before the seal); raises `EntryUnreadable`."""
    try:
        mileage = dictionary.get("/MileageKm")
        entry = SealEntry(
            sequence=int(dictionary["/Sequence"]),
            kind=SealKind(str(dictionary["/Kind"])),
            subject_id=str(dictionary["/Subject"]),
            content_hash=str(dictionary["/ContentHash"]),
            previous_hash=str(dictionary["/PreviousHash"]),
            sealed_at=datetime.fromisoformat(str(dictionary["/SealedAt"])),
            mileage_km=None if mileage is None else int(mileage),
        )
        return entry, int(dictionary["/ContentLength"])
    except (KeyError, ValueError, TypeError) as error:
        raise EntryUnreadable from error


def signed_attributes(certificate: x509.Certificate, digest: bytes) -> cms.CMSAttributes:
    """What the signature covers: kind of content, digest of the file, hash of the certificate (PAdES B-B)."""
    return cms.CMSAttributes(
        [
            _attribute("content_type", "data"),
            _attribute("message_digest", digest),
            _attribute("signing_certificate_v2", as_signing_certificate_v2(certificate)),
        ]
    )


def _attribute(name: str, value: object) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": cms.CMSAttributeType(name), "values": (value,)})


def container(certificate: x509.Certificate, attributes: cms.CMSAttributes, signature: bytes) -> bytes:
    """The signature container (CMS, DER) in the one form we write: everything in it is fixed or signed."""
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {
                    "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                        {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
                    )
                }
            ),
            "digest_algorithm": sha256,
            "signed_attrs": attributes,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
            "signature": signature,
        }
    )
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": cms.DigestAlgorithms((sha256,)),
            "encap_content_info": {"content_type": "data"},
            "certificates": [certificate],
            "signer_infos": [signer],
        }
    )
    content = cms.ContentInfo({"content_type": "signed_data", "content": signed})
    return bytes(content.dump())
