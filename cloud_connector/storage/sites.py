"""Stores, their devices, one-time enrolment codes and the nonces of recent requests."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from cloud_connector.storage import tables
from cloud_connector.storage.statements import insert_once

CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U."""
CODE_LENGTH = 10
SELECTOR_LENGTH = 4
CODE_LIFE = timedelta(minutes=15)
CODE_TRIES = 5
NONCE_LIFE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Device:
    """One terminal of a store."""

    id: str
    store_id: str
    name: str
    public_key: str
    """Ed25519, 32 bytes as hex."""
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """What a good code stands for."""

    store_id: str
    device_name: str


def tidy_code(code: str) -> str:
    """A code as typed by a person: case, spaces and look-alikes do not matter."""
    folded = code.upper().replace(" ", "").replace("-", "")
    return folded.replace("O", "0").replace("I", "1").replace("L", "1")


class Sites:
    """Stores and devices inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_store(self, store_id: str, name: str, now: datetime) -> None:
        """Make a store known; repeating is harmless."""
        insert_once(self._connection, tables.stores, id=store_id, name=name, created_at=now)
        insert_once(self._connection, tables.store_cursors, store_id=store_id, last=0, acked=0, dropped=0)

    def add_code(self, code: str, store_id: str, device_name: str, now: datetime) -> None:
        """Keep a one-time code, hashed."""
        plain = tidy_code(code)
        self._connection.execute(
            tables.enrolment_codes.insert().values(
                selector=plain[:SELECTOR_LENGTH],
                code_hash=_hash(plain),
                store_id=store_id,
                device_name=device_name,
                tries_left=CODE_TRIES,
                expires_at=now + CODE_LIFE,
            )
        )

    def use_code(self, code: str, now: datetime) -> EnrolmentCode | None:
        """Spend a code; None when it is unknown, wrong, spent, too old or tried too often."""
        plain = tidy_code(code)
        codes = tables.enrolment_codes
        row = self._connection.execute(
            select(codes).where(codes.c.selector == plain[:SELECTOR_LENGTH]).with_for_update()
        ).one_or_none()
        if row is None or row.used_at is not None or row.expires_at <= now or row.tries_left <= 0:
            return None
        here = codes.c.selector == row.selector
        if not hmac.compare_digest(row.code_hash, _hash(plain)):
            self._connection.execute(update(codes).where(here).values(tries_left=row.tries_left - 1))
            return None
        self._connection.execute(update(codes).where(here).values(used_at=now))
        return EnrolmentCode(row.store_id, row.device_name)

    def count_failed_proof(self, code: str) -> None:
        """A right code with a wrong proof costs a try as well."""
        codes = tables.enrolment_codes
        here = codes.c.selector == tidy_code(code)[:SELECTOR_LENGTH]
        self._connection.execute(update(codes).where(here).values(tries_left=codes.c.tries_left - 1))

    def add_device(self, device: Device, now: datetime) -> None:
        self._connection.execute(
            tables.devices.insert().values(
                id=device.id,
                store_id=device.store_id,
                name=device.name,
                public_key=device.public_key,
                created_at=now,
            )
        )

    def device(self, device_id: str) -> Device | None:
        row = self._connection.execute(select(tables.devices).where(tables.devices.c.id == device_id)).one_or_none()
        return Device(row.id, row.store_id, row.name, row.public_key, row.revoked_at) if row else None

    def devices(self) -> list[Device]:
        """Every device, revoked ones included."""
        rows = self._connection.execute(select(tables.devices).order_by(tables.devices.c.created_at))
        return [Device(row.id, row.store_id, row.name, row.public_key, row.revoked_at) for row in rows]

    def revoke(self, device_id: str, now: datetime) -> bool:
        """Shut a device out; False when there is no such open device."""
        here = (tables.devices.c.id == device_id) & tables.devices.c.revoked_at.is_(None)
        return self._connection.execute(update(tables.devices).where(here).values(revoked_at=now)).rowcount == 1

    def is_new_nonce(self, device_id: str, nonce: str, now: datetime) -> bool:
        """True once per nonce and device; also notes that the device was heard."""
        self._connection.execute(update(tables.devices).where(tables.devices.c.id == device_id).values(seen_at=now))
        return insert_once(self._connection, tables.nonces, device_id=device_id, nonce=nonce, seen_at=now)

    def forget_old(self, now: datetime) -> int:
        """Drop nonces and codes that can no longer be used."""
        old = self._connection.execute(delete(tables.nonces).where(tables.nonces.c.seen_at < now - NONCE_LIFE)).rowcount
        codes = tables.enrolment_codes
        return old + self._connection.execute(delete(codes).where(codes.c.expires_at < now - CODE_LIFE)).rowcount


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
