"""Sealing, forgetting and signing as services, storage, documents and sync see them. No key ever passes this port
except those that a library must hold itself: the database's and the document certificate's.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from smart4s_kiosk.domain.errors import NotFound, Unavailable
from smart4s_kiosk.domain.ids import PersonId


class PersonForgotten(NotFound):
    """This person's key was destroyed; what it sealed cannot be read again."""

    code = "vault.person_forgotten"


class PersonKeyUnknown(NotFound):
    """There is no key for this person."""

    code = "vault.person_key_unknown"


class SealBroken(Unavailable):
    """The sealed bytes were changed, belong to somebody or something else, or were sealed under another key."""

    code = "vault.seal_broken"


class StoreKeyMissing(Unavailable):
    """The store's key is not on this machine; the recovery sheet brings it back."""

    code = "vault.store_key_missing"


class KeyFileDamaged(Unavailable):
    """The key file cannot be read; its newest copy brings it back."""

    code = "vault.key_file_damaged"


@dataclass(frozen=True, slots=True)
class ErasureReceipt:
    """Proof for the person that their key was destroyed: printed, and kept for the auditor."""

    person: PersonId
    forgotten_at: datetime
    """Aware UTC, whole milliseconds."""
    receipt_hash: str
    """SHA-256 (hex) over person, time and the destroyed key's sealed record; the same however often it is asked."""


class PersonVault(Protocol):
    """Seals what must be forgettable (phone, ID number, licence number, address, face) under a key per person.

    `purpose` names the value ("customer.phone"); a value only opens under the person and purpose it was sealed for.
    Safe in threads and in several processes. Raises `Unavailable` when the key file is away.
    """

    def seal(self, person: PersonId, purpose: str, plain: bytes) -> bytes:
        """Sealed bytes, different on every call; makes the person's key on first use. Raises PersonForgotten."""
        ...

    def open(self, person: PersonId, purpose: str, sealed: bytes) -> bytes:
        """The plain bytes. Raises PersonForgotten, PersonKeyUnknown, SealBroken."""
        ...

    def forget(self, person: PersonId) -> ErasureReceipt:
        """Destroy the person's key for good, in every process and in the key file's copy. Repeating is harmless."""
        ...

    def known(self, person: PersonId) -> bool:
        """Whether the person has a key now."""
        ...

    def receipt(self, person: PersonId) -> ErasureReceipt | None:
        """The receipt of an earlier `forget`."""
        ...


class Fingerprints(Protocol):
    """Keyed HMAC-SHA-256 (hex) under which values are found without being readable; each kind has its own key.

    Numbers are compared without spaces, hyphens and full-width forms; plates also without `·` and letter case.
    """

    def phone(self, number: str) -> str:
        """Of the whole phone number."""
        ...

    def phone_tail(self, last4: str) -> str:
        """Of the last four digits."""
        ...

    def plate(self, plate: str) -> str:
        """Of a number plate."""
        ...

    def document_number(self, number: str) -> str:
        """Of an ID or licence number."""
        ...


class StoreSealer(Protocol):
    """Seals under the store's key what belongs to no single person (drafts, secrets in settings, hand-over files)."""

    def seal(self, purpose: str, plain: bytes) -> bytes:
        """Sealed bytes, different on every call."""
        ...

    def open(self, purpose: str, sealed: bytes) -> bytes:
        """The plain bytes. Raises SealBroken."""
        ...


class MediaSealer(Protocol):
    """Seals media files; a file only opens under the name it was sealed for."""

    def seal(self, name: str, plain: bytes) -> bytes:
        """Sealed bytes of the file called `name` (its SHA-256)."""
        ...

    def open(self, name: str, sealed: bytes) -> bytes:
        """The plain bytes. Raises SealBroken."""
        ...


class FaceSealer(Protocol):
    """Seals face templates under the person's key and this terminal's own: useless elsewhere, gone when forgotten."""

    def seal(self, person: PersonId, template: bytes) -> bytes:
        """Sealed template. Raises PersonForgotten."""
        ...

    def open(self, person: PersonId, sealed: bytes) -> bytes:
        """The template. Raises PersonForgotten, PersonKeyUnknown, SealBroken."""
        ...


class DeviceSigner(Protocol):
    """This terminal's Ed25519 identity towards the connector. The private key never leaves the vault."""

    def public_key(self) -> bytes:
        """32 raw bytes, registered at the connector."""
        ...

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        ...


@dataclass(frozen=True, slots=True)
class SigningIdentity:
    """What seals a PDF: ECDSA P-256 key and its self-signed certificate, both DER."""

    private_key: bytes
    """PKCS #8, unencrypted: in memory only."""
    certificate: bytes


class DocumentSigner(Protocol):
    """The store's document seal."""

    def identity(self) -> SigningIdentity:
        """Key and certificate; the certificate is made at first use and kept."""
        ...


class DatabaseKey(Protocol):
    """The key of the embedded database."""

    def hex(self) -> str:
        """64 hex digits for SQLCipher's raw key form."""
        ...


class PinHasher(Protocol):
    """Hashes staff PINs with scrypt under a secret of the store, so a copied table cannot be guessed at."""

    def hash(self, pin: str) -> str:
        """Text to store; different on every call."""
        ...

    def verify(self, pin: str, hashed: str | None) -> bool:
        """Whether `pin` made `hashed`, in constant time; `None` (nobody of that name) costs the same and is False."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class RecoverySheet:
    """The store's key on paper. Shown once at first start and whenever an administrator asks; never stored."""

    lines: tuple[str, ...]
    """Four lines of three words to type."""
    code: str
    """What the QR code on the sheet says (letters, digits and `:`)."""


class RecoverySheets(Protocol):
    """Gives the sheet of this store, and checks that somebody copied it rightly."""

    def sheet(self) -> RecoverySheet:
        """This store's sheet."""
        ...

    def matches(self, text: str) -> bool:
        """Whether typed words or a scanned code are this store's sheet. Raises RuleBroken naming the line at fault."""
        ...
