"""The terminal's identity towards the connector, and the store's seal on documents."""

import errno
import os
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.vault import SigningIdentity
from smart4s_kiosk.vault import files, sealing
from smart4s_kiosk.vault.sealing import Key

_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_SCALAR_BYTES = 48
_VALID_FOR = timedelta(days=3653)
_RENEW_BEFORE = timedelta(days=90)
_BACKDATED = timedelta(days=1)
CERTIFICATE_NAME = "document_certificate.der"


class TerminalSigner:
    """Ed25519 from the terminal's own key: another machine with the same store is another device."""

    def __init__(self, terminal_key: Key) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(sealing.derive(terminal_key, "connector-identity"))

    def public_key(self) -> bytes:
        """32 raw bytes."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        return self._key.sign(message)


class StoreDocumentSigner:
    """ECDSA P-256 from the store's key, so a recovered store seals with the same key; certificate self-signed.

    A self-signed seal proves that a document did not change since; it is not a licensed CA's signature, and the
    documents say so.
    """

    def __init__(self, store_key: Key, folder: Path, clock: Clock, organisation: str = "") -> None:
        self._key = ec.derive_private_key(_scalar(store_key), ec.SECP256R1())
        self._place = folder / CERTIFICATE_NAME
        self._lock = files.FileLock(folder / f"{CERTIFICATE_NAME}.lock", clock)
        self._clock = clock
        self._organisation = organisation

    def identity(self) -> SigningIdentity:
        """Key and certificate; the certificate is made at first use, kept, and renewed 90 days before it ends."""
        with self._lock.held():
            certificate = self._kept() or self._made()
        key = self._key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return SigningIdentity(key, certificate)

    def _kept(self) -> bytes | None:
        """The certificate on disk, if it is this key's and still runs."""
        try:
            der = self._place.read_bytes()
            certificate = x509.load_der_x509_certificate(der)
        except (FileNotFoundError, ValueError):
            return None
        ours = certificate.public_key() == self._key.public_key()
        return der if ours and certificate.not_valid_after_utc - _RENEW_BEFORE > self._clock.now() else None

    def _made(self) -> bytes:
        names = [x509.NameAttribute(NameOID.COMMON_NAME, "Smart 4S Kiosk document seal")]
        if self._organisation:
            names.insert(0, x509.NameAttribute(NameOID.ORGANIZATION_NAME, self._organisation[:64]))
        now = self._clock.now().replace(microsecond=0)
        usage = x509.KeyUsage(
            digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
            key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
        )  # fmt: skip
        builder = (
            x509.CertificateBuilder()
            .subject_name(x509.Name(names))
            .issuer_name(x509.Name(names))
            .public_key(self._key.public_key())
            .serial_number(int.from_bytes(os.urandom(16), "big") >> 1)
            .not_valid_before(now - _BACKDATED)
            .not_valid_after(now + _VALID_FOR)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(self._key.public_key()), critical=False)
        )
        der = builder.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
        try:
            files.write_whole(self._place, der)
        except OSError as error:
            is_full = error.errno in {errno.ENOSPC, errno.EDQUOT}
            raise Unavailable("disk", reason="full" if is_full else type(error).__name__) from error
        return der


def _scalar(store_key: Key) -> int:
    """A private scalar without bias: 64 extra bits before the remainder (FIPS 186-5, A.2.1)."""
    raw = int.from_bytes(sealing.derive(store_key, "document-seal", _SCALAR_BYTES), "big")
    return raw % (_P256_ORDER - 1) + 1
