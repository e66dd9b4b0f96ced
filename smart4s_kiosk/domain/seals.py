"""The chain of seals: every sealed document carries the hash of the entry before it, so a deletion shows."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from smart4s_kiosk.domain.errors import RuleBroken

FIRST = "0" * 64
"""What the first entry names as the one before it."""


class SealChainBroken(RuleBroken):
    """An entry of the seal chain is missing, moved or changed."""

    code = "seal.chain_broken"


class SealKind(StrEnum):
    """What was sealed: agreement, key hand-over and mileage stand in one chain."""

    AGREEMENT = "agreement"
    KEY_OUT = "key_out"
    KEY_IN = "key_in"
    QUOTE = "quote"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class SealEntry:
    """One link. `content_hash` is SHA-256 (hex) of what is sealed: for a PDF, of its pages before the seal."""

    sequence: int
    kind: SealKind
    subject_id: str
    content_hash: str
    previous_hash: str
    sealed_at: datetime
    mileage_km: int | None = None
    """Of the car, for agreements and key moves."""

    @property
    def hash(self) -> str:
        """SHA-256 (hex) over every field, as canonical JSON."""
        facts = {
            "sequence": self.sequence,
            "kind": self.kind.value,
            "subject_id": self.subject_id,
            "content_hash": self.content_hash,
            "previous_hash": self.previous_hash,
            "sealed_at": self.sealed_at.isoformat(),
            "mileage_km": self.mileage_km,
        }
        return hashlib.sha256(json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    def next(
        self, kind: SealKind, subject_id: str, content_hash: str, now: datetime, *, mileage_km: int | None = None
    ) -> "SealEntry":
        """The link that follows this one."""
        return SealEntry(self.sequence + 1, kind, subject_id, content_hash, self.hash, now, mileage_km)


def first_entry(
    kind: SealKind, subject_id: str, content_hash: str, now: datetime, *, mileage_km: int | None = None
) -> SealEntry:
    """The first link of a store's chain."""
    return SealEntry(1, kind, subject_id, content_hash, FIRST, now, mileage_km)


def check_chain(entries: Sequence[SealEntry]) -> None:
    """Raises `SealChainBroken` naming the first sequence number that does not follow from the one before it."""
    previous = FIRST
    for number, entry in enumerate(entries, 1):
        if entry.sequence != number or entry.previous_hash != previous:
            raise SealChainBroken(sequence=number)
        previous = entry.hash
