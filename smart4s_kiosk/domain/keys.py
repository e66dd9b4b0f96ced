"""Car keys: where each one is, who holds it, until when. No key without a sealed agreement (or a colleague's duty)."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.ids import AgreementId, CarId, KeyId, StaffId


class KeyPlace(StrEnum):
    """Where a key is. OVERDUE is not stored: it is OUT after its due time."""

    IN = "in"
    RESERVED = "reserved"
    OUT = "out"
    LOST = "lost"


class KeyNotIn(RuleBroken):
    """This key is not in the cabinet."""

    code = "key.not_in"


class KeyNotOut(RuleBroken):
    """This key is not out."""

    code = "key.not_out"


class KeyReservedForAnother(RuleBroken):
    """This key is kept for another test drive."""

    code = "key.reserved_for_another"


@dataclass(frozen=True, slots=True)
class Key:
    """One car key."""

    id: KeyId
    version: int
    car_id: CarId
    label: str
    place: KeyPlace = KeyPlace.IN
    holder_id: StaffId | None = None
    agreement_id: AgreementId | None = None
    moved_at: datetime | None = None
    due_at: datetime | None = None

    def is_overdue(self, now: datetime) -> bool:
        """Out, and should have been back."""
        return self.place is KeyPlace.OUT and self.due_at is not None and now > self.due_at

    def reserve(self, agreement_id: AgreementId, *, at: datetime) -> "Key":
        """Keep it for a test drive."""
        if self.place is not KeyPlace.IN:
            raise KeyNotIn(key_id=self.id, place=self.place)
        return self._moved(at, place=KeyPlace.RESERVED, agreement_id=agreement_id)

    def release(self, *, at: datetime) -> "Key":
        """Give up a reservation."""
        if self.place is not KeyPlace.RESERVED:
            raise KeyNotIn(key_id=self.id, place=self.place)
        return self._moved(at, place=KeyPlace.IN, agreement_id=None)

    def hand_out(self, to: StaffId, *, agreement_id: AgreementId | None, due_at: datetime, at: datetime) -> "Key":
        """Into somebody's hand."""
        if self.place is KeyPlace.RESERVED and self.agreement_id != agreement_id:
            raise KeyReservedForAnother(key_id=self.id)
        if self.place not in {KeyPlace.IN, KeyPlace.RESERVED}:
            raise KeyNotIn(key_id=self.id, place=self.place)
        return self._moved(at, place=KeyPlace.OUT, holder_id=to, agreement_id=agreement_id, due_at=due_at)

    def take_back(self, *, at: datetime) -> "Key":
        """Back in the cabinet."""
        if self.place not in {KeyPlace.OUT, KeyPlace.LOST}:
            raise KeyNotOut(key_id=self.id, place=self.place)
        return self._moved(at, place=KeyPlace.IN, holder_id=None, agreement_id=None, due_at=None)

    def report_lost(self, *, at: datetime) -> "Key":
        """Nobody can find it."""
        return self._moved(at, place=KeyPlace.LOST)

    def _moved(self, at: datetime, **changes: object) -> "Key":
        return replace(self, version=self.version + 1, moved_at=at, **changes)  # type: ignore[arg-type] # named fields of this value
