"""Who is asking: every request of a device is signed with its own key; enrolment makes a key known."""

import secrets
import time
from collections.abc import Iterable, Mapping
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from cloud_connector.api.errors import Refused
from cloud_connector.contract import signing
from cloud_connector.contract.envelope import EnrolAnswer, EnrolRequest
from cloud_connector.contract.events import MAX_SCHEMA, MIN_SCHEMA
from cloud_connector.storage.database import Database
from cloud_connector.storage.sites import Device

_NONCE_LENGTH = signing.NONCE_BYTES * 2


def authenticate(
    database: Database,
    *,
    method: str,
    path: str,
    query: Iterable[tuple[str, str]],
    headers: Mapping[str, str],
    body: bytes,
    now: datetime,
) -> Device:
    """The device that signed the request: known, not revoked, clock within 300 s, never seen this nonce.

    Raises:
        Refused: 401 not_signed, unknown_device, revoked, bad_signature, clock_skew or replayed.

    """
    device_id, nonce = headers.get(signing.HEADER_DEVICE.lower(), ""), headers.get(signing.HEADER_NONCE.lower(), "")
    stamp, signature = headers.get(signing.HEADER_TIME.lower(), ""), headers.get(signing.HEADER_SIGNATURE.lower(), "")
    if not (device_id and signature and stamp.isascii() and stamp.isdecimal() and len(stamp) < 16):
        raise Refused(401, "not_signed")
    if len(nonce) != _NONCE_LENGTH or len(device_id) > 64:
        raise Refused(401, "not_signed")
    with database.look() as work:
        device = work.sites.device(device_id)
    if device is None:
        raise Refused(401, "unknown_device")
    signed = signing.canonical(
        method=method, path=path, query=query, body=body, device_id=device_id, unix_ts=int(stamp), nonce=nonce
    )
    if not is_signed_by(device.public_key, signature, signed):
        raise Refused(401, "bad_signature")
    if device.revoked_at is not None:
        raise Refused(401, "revoked")
    if abs(int(stamp) - now.timestamp()) > signing.MAX_SKEW_S:
        raise Refused(401, "clock_skew")
    with database.begin() as work:
        if not work.sites.is_new_nonce(device_id, nonce, now):
            raise Refused(401, "replayed")
    return device


def is_signed_by(public_key_hex: str, signature_hex: str, message: bytes) -> bool:
    """Whether the key made the signature; anything malformed did not."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key_hex))
        key.verify(bytes.fromhex(signature_hex), message)
    except (ValueError, InvalidSignature):
        return False
    return True


def enrol(database: Database, asked: EnrolRequest, now: datetime) -> EnrolAnswer:
    """Spend a one-time code and make the device's key known.

    Raises:
        Refused: 403 code_refused or proof_refused; which of its reasons stays ours.

    """
    proof_holds = is_signed_by(asked.public_key, asked.proof, signing.enrolment_proof(asked.code, asked.public_key))
    device_id = "dev-" + secrets.token_hex(12)
    with database.begin() as work:
        if not proof_holds:
            work.sites.count_failed_proof(asked.code)
            code = None
        else:
            code = work.sites.use_code(asked.code, now)
        if code is not None:
            name = asked.device_name or code.device_name
            work.sites.add_device(Device(device_id, code.store_id, name, asked.public_key, None), now)
    if code is None:
        raise Refused(403, "code_refused" if proof_holds else "proof_refused")
    return EnrolAnswer(
        device_id=device_id, store_id=code.store_id, server_time=now, min_schema=MIN_SCHEMA, max_schema=MAX_SCHEMA
    )


class RateLimit:
    """At most `burst` at once and `per_s` a second for each caller, in this process. Event-loop thread only."""

    _MANY = 10_000

    def __init__(self, per_s: float, burst: float) -> None:
        self._per_s = per_s
        self._burst = burst
        self._levels: dict[str, tuple[float, float]] = {}

    def check(self, caller: str) -> None:
        """Raise Refused 429 when `caller` asks too often."""
        now = time.monotonic()
        level, at = self._levels.get(caller, (self._burst, now))
        level = min(self._burst, level + (now - at) * self._per_s)
        if level < 1:
            raise Refused(429, "too_many", retry_after_s=max(1, round((1 - level) / self._per_s)))
        if len(self._levels) > self._MANY:
            self._levels.clear()
        self._levels[caller] = (level - 1, now)
