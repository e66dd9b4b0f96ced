"""Ports of the vault in memory: real erasure and real refusals, cheap seals. The contract suite proves them equal."""

import hashlib
import hmac
import json
import secrets
import unicodedata
from datetime import datetime

from smart4s_kiosk.domain.ids import PersonId
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.vault import (
    ErasureReceipt,
    PersonForgotten,
    PersonKeyUnknown,
    RecoverySheet,
    SealBroken,
    SigningIdentity,
)
from tests.fakes.clock import FakeClock


def _pad(key: bytes, nonce: bytes, length: int) -> bytes:
    return hashlib.shake_256(key + nonce).digest(length)


def _seal(key: bytes, bound_to: str, plain: bytes) -> bytes:
    nonce = secrets.token_bytes(12)
    hidden = bytes(a ^ b for a, b in zip(plain, _pad(key, nonce, len(plain)), strict=True))
    return nonce + hmac.digest(key, bound_to.encode() + b"\0" + nonce + hidden, "sha256")[:16] + hidden


def _open(key: bytes, bound_to: str, sealed: bytes) -> bytes:
    nonce, check, hidden = sealed[:12], sealed[12:28], sealed[28:]
    if hmac.digest(key, bound_to.encode() + b"\0" + nonce + hidden, "sha256")[:16] != check:
        raise SealBroken("sealed bytes", waiting_helps=False)
    return bytes(a ^ b for a, b in zip(hidden, _pad(key, nonce, len(hidden)), strict=True))


class FakePersonVault:
    """Keys in a dictionary."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or FakeClock()
        self._keys: dict[PersonId, bytes] = {}
        self._receipts: dict[PersonId, ErasureReceipt] = {}

    def seal(self, person: PersonId, purpose: str, plain: bytes) -> bytes:
        if person in self._receipts:
            raise PersonForgotten(person=person)
        key = self._keys.setdefault(person, secrets.token_bytes(32))
        return _seal(key, json.dumps([person, purpose]), plain)

    def open(self, person: PersonId, purpose: str, sealed: bytes) -> bytes:
        if person in self._receipts:
            raise PersonForgotten(person=person)
        if person not in self._keys:
            raise PersonKeyUnknown(person=person)
        return _open(self._keys[person], json.dumps([person, purpose]), sealed)

    def forget(self, person: PersonId) -> ErasureReceipt:
        if person not in self._receipts:
            self._receipts[person] = _receipt(person, self._clock.now(), self._keys.pop(person, b""))
        return self._receipts[person]

    def known(self, person: PersonId) -> bool:
        return person in self._keys

    def receipt(self, person: PersonId) -> ErasureReceipt | None:
        return self._receipts.get(person)


def _receipt(person: PersonId, now: datetime, destroyed: bytes) -> ErasureReceipt:
    moment = now.replace(microsecond=now.microsecond // 1000 * 1000)
    text = f"{person} {moment.isoformat()} {hashlib.sha256(destroyed).hexdigest()}"
    return ErasureReceipt(person, moment, hashlib.sha256(text.encode()).hexdigest())


class FakeFaceSealer:
    """Seals under the person alone."""

    def __init__(self, persons: FakePersonVault) -> None:
        self._persons = persons

    def seal(self, person: PersonId, template: bytes) -> bytes:
        return self._persons.seal(person, "face.template", template)

    def open(self, person: PersonId, sealed: bytes) -> bytes:
        return self._persons.open(person, "face.template", sealed)


class FakeSealer:
    """StoreSealer and MediaSealer: both bind bytes to a name."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def seal(self, name: str, plain: bytes) -> bytes:
        return _seal(self._key, name, plain)

    def open(self, name: str, sealed: bytes) -> bytes:
        return _open(self._key, name, sealed)


class FakeFingerprints:
    """Unkeyed hashes with the same rules of spelling."""

    def phone(self, number: str) -> str:
        return self._of("phone", number)

    def phone_tail(self, last4: str) -> str:
        return self._of("phone-tail", last4)

    def plate(self, plate: str) -> str:
        return self._of("plate", plate.replace("·", "").replace(".", "").upper())

    def document_number(self, number: str) -> str:
        return self._of("document-number", number.upper())

    @staticmethod
    def _of(kind: str, value: str) -> str:
        kept = [c for c in unicodedata.normalize("NFKC", value) if not c.isspace() and unicodedata.category(c) != "Pd"]
        return hashlib.sha256(f"{kind}:{''.join(kept)}".encode()).hexdigest()


class FakePinHasher:
    """One round of SHA-256 with a salt: quick, and just as strict about right and wrong."""

    def hash(self, pin: str) -> str:
        salt = secrets.token_hex(8)
        return f"fake${salt}${self._of(salt, pin)}"

    def verify(self, pin: str, hashed: str | None) -> bool:
        if hashed is None:
            return False
        parts = hashed.split("$")
        if len(parts) != 3 or parts[0] != "fake":
            raise SealBroken("PIN hash", waiting_helps=False)
        return hmac.compare_digest(self._of(parts[1], pin), parts[2])

    @staticmethod
    def _of(salt: str, pin: str) -> str:
        return hashlib.sha256(f"{salt}{unicodedata.normalize('NFKC', pin)}".encode()).hexdigest()


class FakeDeviceSigner:
    """Signs with a hash: enough for code that only carries signatures."""

    def public_key(self) -> bytes:
        return b"\x01" * 32

    def sign(self, message: bytes) -> bytes:
        return hashlib.sha512(message).digest()


class FakeDocumentSigner:
    """An identity that no PDF library would take: for code that only passes it on."""

    def identity(self) -> SigningIdentity:
        return SigningIdentity(b"key", b"certificate")


class FakeDatabaseKey:
    """A fixed key, good for SQLCipher in tests."""

    def hex(self) -> str:
        return "0123456789abcdef" * 4


class FakeRecoverySheets:
    """One sheet that never changes."""

    def sheet(self) -> RecoverySheet:
        return RecoverySheet(("ba-bai-ban bang-bao-bei beng-bi-bian",) * 4, "S4SKEY1:TEST")

    def matches(self, text: str) -> bool:
        return text.split() == " ".join(self.sheet().lines).split() or text == self.sheet().code
