"""The person-key file's layout: a header, then records of one size, each a wrapped key or the trace of an erasure.

Header, 64 bytes: magic 8, generation 16 (new at every rewrite, so readers notice), check 32 (proves the store key),
zero 8. Record, 101 bytes: kind 1 (`K` or `F`), tag 32 (HMAC of the person, so the file names nobody), nonce 12, then
56 bytes sealed with AES-256-GCM: time 8 (milliseconds) and 32 more: the key (`K`), or the digest of what was
destroyed (`F`).
"""

import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from smart4s_kiosk.domain.ids import PersonId
from smart4s_kiosk.ports.vault import ErasureReceipt, KeyFileDamaged
from smart4s_kiosk.vault.sealing import KEY_BYTES, NONCE_BYTES, TAG_BYTES, Key, derived_key

MAGIC = b"S4SKEYS1"
GENERATION_BYTES = 16
HEADER_BYTES = 64
_TIME_BYTES = 8
_TAG_END = 1 + 32
_NONCE_END = _TAG_END + NONCE_BYTES
RECORD_BYTES = _NONCE_END + _TIME_BYTES + KEY_BYTES + TAG_BYTES
KEY, FORGOTTEN = b"K", b"F"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class RecordBook:
    """Makes and reads records with keys derived from the store's."""

    def __init__(self, store_key: Key) -> None:
        self._wrapping = AESGCM(derived_key(store_key, "person-keys/wrap").secret)
        self._naming = derived_key(store_key, "person-keys/name").secret
        self._checking = derived_key(store_key, "person-keys/check").secret

    def tag(self, person: PersonId) -> bytes:
        """Under which name the file knows a person."""
        return hmac.digest(self._naming, person.encode(), "sha256")

    def new_header(self) -> bytes:
        """A header of a new generation."""
        generation = os.urandom(GENERATION_BYTES)
        return (MAGIC + generation + self._check(generation)).ljust(HEADER_BYTES, b"\0")

    def generation_of(self, header: bytes) -> bytes:
        """The generation of a header. Raises KeyFileDamaged when it is torn or belongs to another store key."""
        generation = header[len(MAGIC) : len(MAGIC) + GENERATION_BYTES]
        check = header[len(MAGIC) + GENERATION_BYTES : len(MAGIC) + GENERATION_BYTES + 32]
        if len(header) != HEADER_BYTES or header[: len(MAGIC)] != MAGIC:
            raise KeyFileDamaged("person keys", waiting_helps=False, reason="not a key file")
        if not hmac.compare_digest(check, self._check(generation)):
            raise KeyFileDamaged("person keys", waiting_helps=False, reason="another store key")
        return generation

    def new_key_record(self, person: PersonId, now: datetime) -> bytes:
        """A record with a fresh key."""
        return self._record(KEY, self.tag(person), now, os.urandom(KEY_BYTES))

    def forgotten_record(self, tag: bytes, now: datetime, destroyed: bytes) -> bytes:
        """What stands in place of `destroyed` (empty when the person never had a key)."""
        return self._record(FORGOTTEN, tag, now, hashlib.sha256(destroyed).digest())

    def key_in(self, record: bytes) -> Key:
        """The person's key. Raises KeyFileDamaged."""
        return Key(self._payload(record)[_TIME_BYTES:])

    def receipt_in(self, record: bytes, person: PersonId) -> ErasureReceipt:
        """The receipt that an erasure's record stands for. Raises KeyFileDamaged."""
        payload = self._payload(record)
        moment = _EPOCH + timedelta(milliseconds=int.from_bytes(payload[:_TIME_BYTES], "big"))
        text = f"{person}\n{moment.isoformat(timespec='milliseconds')}\n{payload[_TIME_BYTES:].hex()}"
        return ErasureReceipt(person, moment, hashlib.sha256(text.encode()).hexdigest())

    def _check(self, generation: bytes) -> bytes:
        return hmac.digest(self._checking, MAGIC + generation, "sha256")

    def _record(self, kind: bytes, tag: bytes, now: datetime, secret: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        payload = ((now - _EPOCH) // timedelta(milliseconds=1)).to_bytes(_TIME_BYTES, "big") + secret
        return kind + tag + nonce + self._wrapping.encrypt(nonce, payload, kind + tag)

    def _payload(self, record: bytes) -> bytes:
        head, nonce, sealed = record[:_TAG_END], record[_TAG_END:_NONCE_END], record[_NONCE_END:]
        try:
            return self._wrapping.decrypt(nonce, sealed, head)
        except InvalidTag:
            raise KeyFileDamaged("person keys", waiting_helps=False, reason="a record was changed") from None


@dataclass(frozen=True, slots=True)
class Pages:
    """What was read of a key file: its generation, where its last whole record ends, and each person's record."""

    generation: bytes
    end: int
    records: Mapping[bytes, bytes]


def tag_of(record: bytes) -> bytes:
    """The person's tag in a record."""
    return record[1:_TAG_END]


def is_forgotten(record: bytes) -> bool:
    """Whether a record is the trace of an erasure."""
    return record[:1] == FORGOTTEN


def read_records(body: bytes) -> tuple[dict[bytes, bytes], int]:
    """Records by tag and how many bytes they fill. A torn or zero-filled tail of a killed append is left out.

    Raises KeyFileDamaged when something that is neither follows.
    """
    records: dict[bytes, bytes] = {}
    whole = len(body) - len(body) % RECORD_BYTES
    for start in range(0, whole, RECORD_BYTES):
        record = body[start : start + RECORD_BYTES]
        if record[:1] not in {KEY, FORGOTTEN}:
            if any(body[start:]):
                raise KeyFileDamaged("person keys", waiting_helps=False, reason="unknown record")
            return records, start
        if not is_forgotten(records.get(tag_of(record), KEY)):
            records[tag_of(record)] = record
    return records, whole
