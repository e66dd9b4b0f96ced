"""What the store's key does for no single person: sealing, media, fingerprints, PINs, the database."""

import base64
import hashlib
import hmac
import os
import re
import unicodedata

from smart4s_kiosk.ports.vault import SealBroken
from smart4s_kiosk.vault import sealing
from smart4s_kiosk.vault.sealing import Key

SCRYPT_COST, SCRYPT_BLOCK, SCRYPT_PARALLEL = 2**15, 8, 1
"""32 MiB and about 0.1 s a try on the kiosk's processor; the store's secret in the hash does the rest."""
_SCRYPT_MEMORY = 2**28
_SCRYPT_DEAREST = 2**17
_SALT_BYTES = 16


class KeyedStoreSealer:
    """A key for each purpose."""

    def __init__(self, store_key: Key) -> None:
        self._key = sealing.derived_key(store_key, "store-seals")

    def seal(self, purpose: str, plain: bytes) -> bytes:
        """Sealed bytes, different on every call."""
        return sealing.seal(sealing.derived_key(self._key, purpose), sealing.binding("store", purpose), plain)

    def open(self, purpose: str, sealed: bytes) -> bytes:
        """The plain bytes. Raises SealBroken."""
        return sealing.open_sealed(sealing.derived_key(self._key, purpose), sealing.binding("store", purpose), sealed)


class KeyedMediaSealer:
    """A key for each file, so no key ever seals more than a handful of times."""

    def __init__(self, store_key: Key) -> None:
        self._key = sealing.derived_key(store_key, "media")

    def seal(self, name: str, plain: bytes) -> bytes:
        """Sealed bytes of the file called `name`."""
        return sealing.seal(sealing.derived_key(self._key, name), sealing.binding("media", name), plain)

    def open(self, name: str, sealed: bytes) -> bytes:
        """The plain bytes. Raises SealBroken."""
        return sealing.open_sealed(sealing.derived_key(self._key, name), sealing.binding("media", name), sealed)


class KeyedFingerprints:
    """Keyed HMAC-SHA-256, one key for each kind of value."""

    def __init__(self, store_key: Key) -> None:
        self._keys = {
            kind: sealing.derive(store_key, f"fingerprint/{kind}")
            for kind in ("phone", "phone-tail", "plate", "document-number")
        }

    def phone(self, number: str) -> str:
        """Of the whole phone number."""
        return self._of("phone", _plain_digits(number))

    def phone_tail(self, last4: str) -> str:
        """Of the last four digits."""
        return self._of("phone-tail", _plain_digits(last4))

    def plate(self, plate: str) -> str:
        """Of a number plate."""
        return self._of("plate", _plain_digits(plate).replace("·", "").replace(".", "").upper())

    def document_number(self, number: str) -> str:
        """Of an ID or licence number."""
        return self._of("document-number", _plain_digits(number).upper())

    def _of(self, kind: str, value: str) -> str:
        return hmac.new(self._keys[kind], value.encode(), hashlib.sha256).hexdigest()


def _plain_digits(value: str) -> str:
    """Half-width, without blanks and hyphens, as people type the same number in different ways."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKC", value)
        if not letter.isspace() and unicodedata.category(letter) != "Pd"
    )


class ScryptPinHasher:
    """scrypt over the PIN keyed with a secret of the store: `scrypt$cost$block$parallel$salt$hash`."""

    def __init__(self, store_key: Key, cost: int = SCRYPT_COST) -> None:
        self._pepper = sealing.derive(store_key, "pins")
        self._cost = cost
        self._nobody = "$".join(
            ["scrypt", str(cost), str(SCRYPT_BLOCK), str(SCRYPT_PARALLEL), _text(bytes(_SALT_BYTES)), _text(bytes(32))]
        )

    def hash(self, pin: str) -> str:
        """Text to store; different on every call."""
        salt = os.urandom(_SALT_BYTES)
        parts = [self._cost, SCRYPT_BLOCK, SCRYPT_PARALLEL]
        made = self._scrypt(pin, salt, *parts)
        return "$".join(["scrypt", *map(str, parts), _text(salt), _text(made)])

    def verify(self, pin: str, hashed: str | None) -> bool:
        """Whether `pin` made `hashed`; `None` costs the same and is False. Raises SealBroken on a torn hash."""
        cost, block, parallel, salt, expected = _parts_of(self._nobody if hashed is None else hashed)
        made = self._scrypt(pin, salt, cost, block, parallel)
        return hmac.compare_digest(made, expected) and hashed is not None

    def _scrypt(self, pin: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
        keyed = hmac.digest(self._pepper, unicodedata.normalize("NFKC", pin).encode(), "sha256")
        return hashlib.scrypt(keyed, salt=salt, n=cost, r=block, p=parallel, maxmem=_SCRYPT_MEMORY, dklen=32)


def _parts_of(hashed: str) -> tuple[int, int, int, bytes, bytes]:
    form = re.fullmatch(r"scrypt\$(\d{1,6})\$(\d{1,2})\$(\d{1,2})\$([A-Za-z0-9+/]{22}==)\$([A-Za-z0-9+/]{43}=)", hashed)
    if form is None or int(form[1]) > _SCRYPT_DEAREST:
        raise SealBroken("PIN hash", waiting_helps=False)
    return int(form[1]), int(form[2]), int(form[3]), base64.b64decode(form[4]), base64.b64decode(form[5])


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


class StoreDatabaseKey:
    """The embedded database's key, derived from the store's."""

    def __init__(self, store_key: Key) -> None:
        self._hex = sealing.derive(store_key, "database").hex()

    def hex(self) -> str:
        """64 hex digits for SQLCipher's raw key form."""
        return self._hex

    def __repr__(self) -> str:
        return "StoreDatabaseKey(...)"
