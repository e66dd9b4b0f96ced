"""Car keys at the front desk: where each one is, handed to a colleague, taken back, reported lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from smart4s_kiosk.domain.ids import CarId, KeyId, StaffId, TerminalId
from smart4s_kiosk.domain.keys import Key, KeyPlace, KeyReservedForAnother
from smart4s_kiosk.domain.staff import Duty, NotOnDuty, Permission
from smart4s_kiosk.domain.vehicles import TestCar, mask_plate
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.storage import Storage, UnitOfWork

ERRAND = timedelta(minutes=30)
"""How long a colleague may keep a key for moving, washing or charging a car before it is overdue."""


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One key of the cabinet, wherever it is."""

    key_id: KeyId
    label: str
    model: str
    plate: str
    """Masked."""
    place: KeyPlace
    holder: str
    moved_at: datetime | None
    due_at: datetime | None
    is_overdue: bool
    is_for_drive: bool
    """Kept or out for a test drive: it comes back with its agreement, on the tablet."""


class Keys:
    """Use cases of the key cabinet. Keys of a test drive move with its agreement (`test_drives`), never here."""

    def __init__(self, *, storage: Storage, clock: Clock, terminal_id: TerminalId) -> None:
        self._storage = storage
        self._clock = clock
        self._terminal_id = terminal_id

    def board(self) -> tuple[KeyRow, ...]:
        """Every key: overdue first, then those out, reserved, lost, in."""
        now = self._clock.now()
        with self._storage.look() as view:
            cars = {c.id: c for c in view.vehicles.all()}
            names = {m.id: m.name for m in view.staff.all()}
            rows = [_row(key, cars, names, now) for key in view.keys.all()]
        return tuple(sorted(rows, key=_rank))

    def hand_out(self, key_id: KeyId, to: StaffId, *, by: StaffId, lasts: timedelta = ERRAND) -> Key:
        """A colleague takes a key for an errand. Refused for one that a test drive has reserved."""
        now = self._clock.now()
        with self._storage.begin() as work:
            work.staff.get(by).must_be_allowed(Permission.ASSIGN_VISITS)
            if work.staff.get(to).duty is Duty.OFF:
                raise NotOnDuty(staff_id=to)
            key = work.keys.get(key_id)
            if key.place is KeyPlace.RESERVED:
                raise KeyReservedForAnother(key_id=key_id)
            after = key.hand_out(to, agreement_id=None, due_at=now + lasts, at=now)
            return self._keep(work, after, "key.handed_out", by, reason=to)

    def take_back(self, key_id: KeyId, *, by: StaffId) -> Key:
        """Back in the cabinet: from an errand, or found again."""
        return self._change(key_id, lambda key, now: key.take_back(at=now), "key.taken_back", by)

    def report_lost(self, key_id: KeyId, *, by: StaffId) -> Key:
        """Nobody can find it."""
        return self._change(key_id, lambda key, now: key.report_lost(at=now), "key.lost", by)

    def _change(self, key_id: KeyId, move: Callable[[Key, datetime], Key], act: str, by: StaffId) -> Key:
        with self._storage.begin() as work:
            work.staff.get(by).must_be_allowed(Permission.ASSIGN_VISITS)
            key = work.keys.get(key_id)
            if key.agreement_id is not None and key.place is not KeyPlace.LOST and act == "key.taken_back":
                raise KeyReservedForAnother(key_id=key_id)
            return self._keep(work, move(key, self._clock.now()), act, by)

    def _keep(self, work: UnitOfWork, key: Key, act: str, by: StaffId, *, reason: str = "") -> Key:
        work.keys.put(key)
        work.audit.append(
            at=self._clock.now(),
            act=act,
            subject_id=key.id,
            staff_id=by,
            terminal_id=self._terminal_id,
            reason=reason,
        )
        work.announce("keys", key.id)
        return key


_ORDER: Sequence[KeyPlace] = (KeyPlace.OUT, KeyPlace.RESERVED, KeyPlace.LOST, KeyPlace.IN)


def _rank(row: KeyRow) -> tuple[bool, int, str]:
    return (not row.is_overdue, _ORDER.index(row.place), row.label)


def _row(key: Key, cars: dict[CarId, TestCar], names: dict[StaffId, str], now: datetime) -> KeyRow:
    car = cars.get(key.car_id)
    return KeyRow(
        key_id=key.id,
        label=key.label,
        model=car.model if car else "",
        plate=mask_plate(car.plate) if car else "",
        place=key.place,
        holder=names.get(key.holder_id, "") if key.holder_id else "",
        moved_at=key.moved_at,
        due_at=key.due_at,
        is_overdue=key.is_overdue(now),
        is_for_drive=key.agreement_id is not None,
    )
