"""AES-256-GCM over bytes, bound to what they are, and HKDF to give each use a key of its own."""

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from smart4s_kiosk.ports.vault import SealBroken

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
_VERSION = b"\x01"
OVERHEAD = len(_VERSION) + NONCE_BYTES + TAG_BYTES
"""How much longer sealed bytes are than the plain ones."""


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """32 secret bytes. Has no readable form, so it cannot slip into a log or a crash report."""

    secret: bytes

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES:
            raise ValueError("a key has 32 bytes")

    def __repr__(self) -> str:
        return "Key(...)"


def new_key() -> Key:
    """A fresh key from the operating system's random source."""
    return Key(os.urandom(KEY_BYTES))


def derive(key: Key, use: str, length: int = KEY_BYTES) -> bytes:
    """Bytes for one `use`, from which neither `key` nor those of another use can be found (HKDF-SHA-256, RFC 5869)."""
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=None, info=b"smart4s/" + use.encode()).derive(key.secret)


def derived_key(key: Key, use: str) -> Key:
    """A key for one `use`."""
    return Key(derive(key, use))


def binding(*parts: str) -> bytes:
    """Unmistakable bytes of several texts: each with its length, so no two lists give the same."""
    encoded = [part.encode() for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


def seal(key: Key, bound_to: bytes, plain: bytes) -> bytes:
    """Sealed bytes that open only with `key` and the same `bound_to`."""
    nonce = os.urandom(NONCE_BYTES)
    return _VERSION + nonce + AESGCM(key.secret).encrypt(nonce, plain, _VERSION + bound_to)


def open_sealed(key: Key, bound_to: bytes, sealed: bytes) -> bytes:
    """The plain bytes. Raises SealBroken when key, `bound_to` or a single bit differs."""
    if len(sealed) < OVERHEAD or sealed[:1] != _VERSION:
        raise SealBroken("sealed bytes", waiting_helps=False)
    nonce, rest = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key.secret).decrypt(nonce, rest, _VERSION + bound_to)
    except InvalidTag:
        raise SealBroken("sealed bytes", waiting_helps=False) from None
