"""An in-memory showroom database with the behaviour of the real ones; the contract suite proves it.

Every unit of work edits a copy of all tables and swaps it in when it commits, so a rollback leaves nothing.
"""

import hashlib
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, Protocol, TypeVar

from smart4s_kiosk.domain.agreements import Agreement
from smart4s_kiosk.domain.appointments import Appointment
from smart4s_kiosk.domain.audit import AuditLine
from smart4s_kiosk.domain.business_settings import BusinessSettings
from smart4s_kiosk.domain.consents import Consent
from smart4s_kiosk.domain.customers import Customer, Stage
from smart4s_kiosk.domain.errors import NotFound, VersionConflict
from smart4s_kiosk.domain.events import Fact
from smart4s_kiosk.domain.feedback import Feedback
from smart4s_kiosk.domain.foot_traffic import FloorCounts
from smart4s_kiosk.domain.ids import (
    CarId,
    CustomerId,
    MediaHash,
    MessageId,
    PersonId,
    QuoteId,
    StaffId,
    TerminalId,
    VisitId,
)
from smart4s_kiosk.domain.keys import Key
from smart4s_kiosk.domain.seals import FIRST, SealEntry
from smart4s_kiosk.domain.staff import StaffMember
from smart4s_kiosk.domain.vehicles import TestCar
from smart4s_kiosk.domain.visits import Visit, VisitState, VisitStep
from smart4s_kiosk.ports.announcer import Announcement, Announcer
from smart4s_kiosk.ports.outbox import CommandInbox, Leases, Outbox, OutboxMessage, OutboxState
from smart4s_kiosk.ports.reports import ReportShelf, VisitFact
from smart4s_kiosk.ports.storage import (
    AgreementShelf,
    AppointmentShelf,
    AuditShelf,
    ConsentShelf,
    Counters,
    CustomerShelf,
    FeedbackShelf,
    FootTrafficShelf,
    KeyShelf,
    QuoteRecord,
    QuoteShelf,
    Receipts,
    SealShelf,
    SettingsShelf,
    StaffShelf,
    UnitOfWork,
    UnitOfWorkMisused,
    VehicleShelf,
    VisitQuery,
    VisitShelf,
)

Tables = dict[str, dict[Any, Any]]


class _HasVersion(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def version(self) -> int: ...


V = TypeVar("V", bound=_HasVersion)


class _Table:
    """One named table of a unit of work; writing asks first whether this unit may change anything."""

    def __init__(self, tables: Tables, name: str, may_change: Callable[[], None]) -> None:
        self._tables = tables
        self._name = name
        self._may_change = may_change

    @property
    def rows(self) -> dict[Any, Any]:
        return self._tables.setdefault(self._name, {})

    def insert(self, key: object, value: object) -> None:
        self._may_change()
        if key in self.rows:
            raise VersionConflict(concept=self._name, id=key)
        self.rows[key] = value

    def update(self, key: object, value: object) -> None:
        self._may_change()
        self.rows[key] = value

    def delete(self, key: object) -> None:
        self._may_change()
        del self.rows[key]


class _Shelf(Generic[V]):
    """get, add and put of values with a version."""

    unique: tuple[str, ...] = ()
    """Attributes of which no two (active) values share one that is not empty."""

    def __init__(self, table: _Table) -> None:
        self._table = table

    def get(self, value_id: str) -> V:
        found: V | None = self._table.rows.get(value_id)
        if found is None:
            raise NotFound(concept=self._table._name, id=value_id)
        return found

    def several(self, ids: Collection[str]) -> Sequence[V]:
        return sorted(self._values(lambda value: value.id in ids), key=lambda value: value.id)

    def add(self, value: V) -> None:
        self._must_be_unique(value)
        self._table.insert(value.id, value)

    def put(self, value: V) -> None:
        self._table._may_change()
        if self.get(value.id).version + 1 != value.version:
            raise VersionConflict(concept=self._table._name, id=value.id, version=value.version)
        self._must_be_unique(value)
        self._table.update(value.id, value)

    def _values(self, wanted: Callable[[V], bool] = lambda _value: True) -> list[V]:
        return [value for value in self._table.rows.values() if wanted(value)]

    def _must_be_unique(self, value: V) -> None:
        if not getattr(value, "is_active", True):
            return
        for name in self.unique:
            mine = getattr(value, name)
            for other in self._values():
                taken = other.id != value.id and getattr(other, "is_active", True) and getattr(other, name) == mine
                if mine and taken:
                    raise VersionConflict(concept=self._table._name, **{name: mine})


class _Visits(_Shelf[Visit]):
    def __init__(self, table: _Table, journal: _Table) -> None:
        super().__init__(table)
        self._journal = journal

    def add(self, visit: Visit, step: VisitStep) -> None:  # type: ignore[override]
        _must_belong(visit, step)
        super().add(visit)
        self._journal.insert((visit.id, step.number), step)

    def put(self, visit: Visit, step: VisitStep) -> None:  # type: ignore[override]
        _must_belong(visit, step)
        super().put(visit)
        self._journal.insert((visit.id, step.number), step)

    def journal(self, visit_id: VisitId) -> Sequence[VisitStep]:
        steps = [step for (of, _number), step in self._journal.rows.items() if of == visit_id]
        return sorted(steps, key=lambda step: step.number)

    def open_visits(self) -> Sequence[Visit]:
        return sorted(self._values(lambda v: v.is_open), key=lambda v: (v.started_at, v.id))

    def search(self, query: VisitQuery) -> Sequence[Visit]:
        found = sorted(self._values(lambda v: _matches(v, query)), key=lambda v: (v.started_at, v.id), reverse=True)
        return found[query.offset : query.offset + query.limit]

    def count(self, query: VisitQuery) -> int:
        return len(self._values(lambda v: _matches(v, query)))


def _must_belong(visit: Visit, step: VisitStep) -> None:
    if (step.visit_id, step.number) != (visit.id, visit.version):
        raise UnitOfWorkMisused(f"step {step.number} does not make version {visit.version} of its visit")


def _matches(visit: Visit, query: VisitQuery) -> bool:
    text = query.text.lower()
    return (
        (query.started_from is None or visit.started_at >= query.started_from)
        and (query.started_until is None or visit.started_at < query.started_until)
        and (query.consultant_id is None or visit.consultant_id == query.consultant_id)
        and (query.purpose is None or visit.purpose is query.purpose)
        and (text in visit.display_name.lower() or text in visit.label.lower())
    )


class _Customers(_Shelf[Customer]):
    def by_phone(self, fingerprint: str) -> Sequence[Customer]:
        return self._by("phone_fingerprint", fingerprint)

    def by_tail(self, fingerprint: str) -> Sequence[Customer]:
        return self._by("tail_fingerprint", fingerprint)

    def by_plate(self, fingerprint: str) -> Sequence[Customer]:
        return self._by("plate_fingerprint", fingerprint)

    def erased(self) -> Sequence[Customer]:
        return sorted(self._values(lambda c: c.erased_at is not None), key=lambda c: c.id)

    def by_person(self, person_id: PersonId) -> Customer | None:
        found = self._values(lambda c: c.person_id == person_id)
        return found[0] if found else None

    def search(self, name_part: str, *, limit: int = 50) -> Sequence[Customer]:
        wanted = name_part.lower()
        found = self._values(lambda c: c.erased_at is None and wanted in c.name.lower())
        return sorted(found, key=lambda c: (c.last_visit_at or c.created_at, c.id), reverse=True)[:limit]

    def _by(self, name: str, fingerprint: str) -> list[Customer]:
        if not fingerprint:
            return []
        return sorted(self._values(lambda c: getattr(c, name) == fingerprint), key=lambda c: (c.created_at, c.id))


class _Staff(_Shelf[StaffMember]):
    unique = ("wecom_userid", "badge")

    def all(self) -> Sequence[StaffMember]:
        return sorted(self._values(lambda m: m.is_active), key=lambda m: (m.name, m.id))

    def by_wecom(self, userid: str) -> StaffMember | None:
        return self._only("wecom_userid", userid)

    def by_badge(self, badge: str) -> StaffMember | None:
        return self._only("badge", badge)

    def _only(self, name: str, value: str) -> StaffMember | None:
        found = self._values(lambda m: bool(value) and m.is_active and getattr(m, name) == value)
        return found[0] if found else None


class _Appointments(_Shelf[Appointment]):
    unique = ("code",)

    def by_code(self, code: str) -> Appointment | None:
        found = self._values(lambda a: bool(code) and a.code == code)
        return found[0] if found else None

    def between(self, start: datetime, end: datetime) -> Sequence[Appointment]:
        return sorted(self._values(lambda a: start <= a.at < end), key=lambda a: (a.at, a.id))


class _Vehicles(_Shelf[TestCar]):
    def all(self) -> Sequence[TestCar]:
        return sorted(self._values(), key=lambda c: (c.plate, c.id))


class _Keys(_Shelf[Key]):
    def all(self) -> Sequence[Key]:
        return sorted(self._values(), key=lambda k: (k.label, k.id))

    def of_car(self, car_id: CarId) -> Sequence[Key]:
        return sorted(self._values(lambda k: k.car_id == car_id), key=lambda k: (k.label, k.id))


class _Agreements(_Shelf[Agreement]):
    unique = ("number",)

    def of_visit(self, visit_id: VisitId) -> Sequence[Agreement]:
        return sorted(self._values(lambda a: a.visit_id == visit_id), key=lambda a: (a.created_at, a.id))

    def between(self, start: datetime, end: datetime) -> Sequence[Agreement]:
        return sorted(self._values(lambda a: start <= a.created_at < end), key=lambda a: (a.created_at, a.id))


class _Seals:
    def __init__(self, table: _Table) -> None:
        self._table = table

    def last(self) -> SealEntry | None:
        return next(reversed(self._table.rows.values()), None)

    def append(self, entry: SealEntry) -> None:
        last = self.last()
        expected = (last.sequence + 1, last.hash) if last else (1, FIRST)
        if (entry.sequence, entry.previous_hash) != expected:
            raise VersionConflict(concept="seals", sequence=entry.sequence)
        self._table.insert(entry.sequence, entry)

    def all(self) -> Sequence[SealEntry]:
        return list(self._table.rows.values())


class _Quotes:
    def __init__(self, table: _Table) -> None:
        self._table = table

    def add(self, quote: QuoteRecord) -> None:
        self._table.insert((quote.id, quote.version), quote)

    def get(self, quote_id: QuoteId, version: int | None = None) -> QuoteRecord:
        found = [q for q in self._all() if q.id == quote_id and version in {None, q.version}]
        if not found:
            raise NotFound(concept="quotes", id=quote_id, version=version)
        return max(found, key=lambda q: q.version)

    def of_visit(self, visit_id: VisitId) -> Sequence[QuoteRecord]:
        return self._ordered(lambda q: q.visit_id == visit_id)

    def between(self, start: datetime, end: datetime) -> Sequence[QuoteRecord]:
        return self._ordered(lambda q: start <= q.issued_at < end)

    def _ordered(self, wanted: Callable[[QuoteRecord], bool]) -> list[QuoteRecord]:
        return sorted(filter(wanted, self._all()), key=lambda q: (q.issued_at, q.id, q.version))

    def _all(self) -> list[QuoteRecord]:
        return list(self._table.rows.values())


class _Consents:
    def __init__(self, table: _Table) -> None:
        self._table = table

    def add(self, consent: Consent) -> None:
        self._table.insert(consent.id, consent)

    def put(self, consent: Consent) -> None:
        self._table._may_change()
        self.get(consent.id)
        self._table.update(consent.id, consent)

    def get(self, consent_id: str) -> Consent:
        found: Consent | None = self._table.rows.get(consent_id)
        if found is None:
            raise NotFound(concept="consents", id=consent_id)
        return found

    def of_customer(self, customer_id: CustomerId) -> Sequence[Consent]:
        return self._ordered(lambda c: c.customer_id == customer_id)

    def of_visit(self, visit_id: VisitId) -> Sequence[Consent]:
        return self._ordered(lambda c: c.visit_id == visit_id)

    def _ordered(self, wanted: Callable[[Consent], bool]) -> list[Consent]:
        return sorted(filter(wanted, self._table.rows.values()), key=lambda c: (c.at, c.id))


class _Feedback:
    def __init__(self, table: _Table) -> None:
        self._table = table

    def add(self, feedback: Feedback) -> None:
        self._table.insert(feedback.visit_id, feedback)

    def between(self, start: datetime, end: datetime) -> Sequence[Feedback]:
        found = [f for f in self._table.rows.values() if start <= f.at < end]
        return sorted(found, key=lambda f: (f.at, f.visit_id))


class _FootTraffic:
    def __init__(self, table: _Table) -> None:
        self._table = table

    def add(self, counts: FloorCounts) -> None:
        key = (counts.hour, counts.camera)
        before = self._table.rows.get(key)
        self._table.update(key, counts if before is None else before.plus(counts))

    def between(self, start: datetime, end: datetime) -> Sequence[FloorCounts]:
        return [counts for (hour, _camera), counts in sorted(self._table.rows.items()) if start <= hour < end]

    def totals(self, start: datetime, end: datetime) -> Sequence[FloorCounts]:
        return [replace(counts, cells={}, zones={}) for counts in self.between(start, end)]

    def forget_before(self, moment: datetime) -> int:
        self._table._may_change()
        old = [key for key in self._table.rows if key[0] < moment]
        for key in old:
            self._table.delete(key)
        return len(old)


class _Reports:
    def __init__(self, visits: _Table, agreements: _Table, quotes: _Table, customers: _Table) -> None:
        self._visits, self._agreements, self._quotes, self._customers = visits, agreements, quotes, customers

    def visits(self, start: datetime, end: datetime) -> Sequence[VisitFact]:
        rows: list[Visit] = list(self._visits.rows.values())
        found = [v for v in rows if start <= v.started_at < end and v.state is not VisitState.MERGED]
        return [self._fact(v) for v in sorted(found, key=lambda v: (v.started_at, v.id))]

    def _fact(self, visit: Visit) -> VisitFact:
        customer: Customer | None = self._customers.rows.get(visit.customer_id)
        return VisitFact(
            visit_id=visit.id,
            started_s=int(visit.started_at.timestamp()),
            ended_s=_whole_seconds(visit.ended_at),
            party_size=visit.party_size,
            consultant_id=visit.consultant_id,
            waiting_s=_whole_seconds(visit.waiting_since),
            requested_s=_whole_seconds(visit.requested_at),
            accepted_s=_whole_seconds(visit.accepted_at),
            drove=any(a.visit_id == visit.id and a.key_out_at for a in self._agreements.rows.values()),
            quoted=any(q.visit_id == visit.id for q in self._quotes.rows.values()),
            ordered=customer is not None and customer.stage in {Stage.ORDERED, Stage.WON},
        )


def _whole_seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


class _Settings:
    def __init__(self, table: _Table) -> None:
        self._table = table

    def current(self) -> BusinessSettings:
        lines = self.history()
        return lines[-1][2] if lines else BusinessSettings()

    def put(self, settings: BusinessSettings, *, by: StaffId | None, at: datetime) -> None:
        self._table.insert(len(self._table.rows) + 1, (at, by, settings))

    def history(self) -> Sequence[tuple[datetime, StaffId | None, BusinessSettings]]:
        return list(self._table.rows.values())


class _Audit:
    def __init__(self, table: _Table) -> None:
        self._table = table

    def append(
        self,
        *,
        at: datetime,
        act: str,
        subject_id: str,
        staff_id: StaffId | None,
        terminal_id: TerminalId,
        reason: str = "",
        rows: int = 0,
        content_hash: str = "",
    ) -> AuditLine:
        number = len(self._table.rows) + 1
        line = AuditLine(
            number=number,
            at=at.astimezone(UTC),
            act=act,
            subject_id=subject_id,
            staff_id=staff_id,
            terminal_id=terminal_id,
            reason=reason,
            rows=rows,
            content_hash=content_hash,
            previous=self._table.rows[number - 1].digest() if number > 1 else "",
        )
        self._table.insert(number, line)
        return line

    def between(self, start: datetime, end: datetime) -> Sequence[AuditLine]:
        return [line for line in self._table.rows.values() if start <= line.at < end]

    def count(self, act: str, staff_id: StaffId, since: datetime) -> int:
        lines = self._table.rows.values()
        return sum(line.act == act and line.staff_id == staff_id and line.at >= since for line in lines)


class _Counters:
    def __init__(self, table: _Table) -> None:
        self._table = table

    def next(self, name: str, day: date) -> int:
        value: int = self._table.rows.get((name, day), 0) + 1
        self._table.update((name, day), value)
        return value


class _Receipts:
    def __init__(self, table: _Table) -> None:
        self._table = table

    def find(self, key: str) -> str | None:
        return self._table.rows.get(key)

    def keep(self, key: str, subject_id: str, at: datetime) -> None:
        self._table.insert(key, subject_id)


class _Outbox:
    def __init__(self, table: _Table, numbers: _Table) -> None:
        self._table = table
        self._numbers = numbers

    def add(
        self,
        fact: Fact,
        *,
        message_id: MessageId,
        aggregate: str,
        at: datetime,
        expires_at: datetime | None = None,
    ) -> None:
        sequence = self._numbers.rows.get("last", 0) + 1
        self._numbers.update("last", sequence)
        message = OutboxMessage(
            sequence=sequence,
            message_id=message_id,
            aggregate=aggregate,
            fact=fact,
            created_at=at,
            expires_at=expires_at,
            attempts=0,
            next_at=at,
            state=OutboxState.PENDING,
        )
        self._table.insert(message_id, message)

    def due(self, now: datetime, *, limit: int = 100) -> Sequence[OutboxMessage]:
        heads: dict[str, OutboxMessage] = {}
        for message in self._messages():
            if message.state in {OutboxState.PENDING, OutboxState.PARKED}:
                heads.setdefault(message.aggregate, message)
        return [m for m in heads.values() if m.state is OutboxState.PENDING and m.next_at <= now][:limit]

    def mark_sent(self, message_ids: Sequence[MessageId]) -> None:
        self._move(message_ids, {OutboxState.PENDING, OutboxState.PARKED}, state=OutboxState.SENT)

    def mark_expired(self, message_ids: Sequence[MessageId]) -> None:
        self._move(message_ids, {OutboxState.PENDING}, state=OutboxState.EXPIRED)

    def park(self, message_id: MessageId, error: str) -> None:
        self._move([message_id], {OutboxState.PENDING}, state=OutboxState.PARKED, last_error=error)

    def try_again(self, message_ids: Sequence[MessageId], *, next_at: datetime, error: str) -> None:
        for message_id in message_ids:
            tried = self._table.rows[message_id].attempts + 1 if message_id in self._table.rows else 0
            self._move([message_id], {OutboxState.PENDING}, next_at=next_at, last_error=error, attempts=tried)

    def release(self, message_id: MessageId, *, at: datetime) -> None:
        self._move([message_id], {OutboxState.PARKED}, state=OutboxState.PENDING, next_at=at)

    def counts(self) -> Mapping[OutboxState, int]:
        return {state: sum(m.state is state for m in self._messages()) for state in OutboxState}

    def parked(self) -> Sequence[OutboxMessage]:
        return [m for m in self._messages() if m.state is OutboxState.PARKED]

    def oldest_pending_at(self) -> datetime | None:
        return min((m.created_at for m in self._messages() if m.state is OutboxState.PENDING), default=None)

    def forget_sent_before(self, moment: datetime) -> int:
        done = {OutboxState.SENT, OutboxState.EXPIRED}
        old = [m for m in self._messages() if m.state in done and m.created_at < moment]
        for message in old:
            self._table.delete(message.message_id)
        self._table._may_change()
        return len(old)

    def _move(self, message_ids: Sequence[MessageId], from_states: set[OutboxState], **changes: object) -> None:
        self._table._may_change()
        for message_id in message_ids:
            message = self._table.rows.get(message_id)
            if message is not None and message.state in from_states:
                self._table.update(message_id, replace(message, **changes))

    def _messages(self) -> list[OutboxMessage]:
        return sorted(self._table.rows.values(), key=lambda m: m.sequence)


class _Leases:
    def __init__(self, table: _Table, watched: dict[str, tuple[str, datetime, datetime]]) -> None:
        self._table = table
        self._watched = watched
        """Name to holder, end, and when this process first saw that pair."""

    def take(self, name: str, holder: str, *, now: datetime, seconds: float) -> bool:
        self._table._may_change()
        row = self._table.rows.get(name)
        if row is not None and row[0] != holder and now < row[1]:
            seen = self._watched.get(name)
            if seen is None or seen[:2] != row:
                self._watched[name] = (*row, now)
                return False
            if (now - seen[2]).total_seconds() < seconds:
                return False
        self._table.update(name, (holder, now + timedelta(seconds=seconds)))
        return True

    def give_up(self, name: str, holder: str) -> None:
        self._table._may_change()
        if self._table.rows.get(name, ("",))[0] == holder:
            self._table.delete(name)


class _Commands:
    def __init__(self, applied: _Table, cursor: _Table) -> None:
        self._applied = applied
        self._cursor = cursor

    def cursor(self) -> int:
        found: int = self._cursor.rows.get("cursor", 0)
        return found

    def move_cursor(self, cursor: int) -> None:
        self._cursor.update("cursor", cursor)

    def is_new(self, command_id: str, at: datetime) -> bool:
        self._applied._may_change()
        if command_id in self._applied.rows:
            return False
        self._applied.insert(command_id, at)
        return True


class FakeUnitOfWork:
    """One transaction of `FakeStorage`."""

    def __init__(
        self, tables: Tables, watched: dict[str, tuple[str, datetime, datetime]], *, is_changing: bool
    ) -> None:
        self._is_changing = is_changing
        self._is_open = True
        self.announced: list[Announcement] = []

        def table(name: str) -> _Table:
            return _Table(tables, name, self._may_change)

        self.visits: VisitShelf = _Visits(table("visits"), table("visit_steps"))
        self.customers: CustomerShelf = _Customers(table("customers"))
        self.staff: StaffShelf = _Staff(table("staff"))
        self.appointments: AppointmentShelf = _Appointments(table("appointments"))
        self.vehicles: VehicleShelf = _Vehicles(table("vehicles"))
        self.keys: KeyShelf = _Keys(table("keys"))
        self.agreements: AgreementShelf = _Agreements(table("agreements"))
        self.seals: SealShelf = _Seals(table("seals"))
        self.quotes: QuoteShelf = _Quotes(table("quotes"))
        self.consents: ConsentShelf = _Consents(table("consents"))
        self.feedback: FeedbackShelf = _Feedback(table("feedback"))
        self.foot_traffic: FootTrafficShelf = _FootTraffic(table("foot_traffic"))
        self.reports: ReportShelf = _Reports(table("visits"), table("agreements"), table("quotes"), table("customers"))
        self.settings: SettingsShelf = _Settings(table("business_settings"))
        self.audit: AuditShelf = _Audit(table("audit"))
        self.counters: Counters = _Counters(table("counters"))
        self.receipts: Receipts = _Receipts(table("receipts"))
        self.outbox: Outbox = _Outbox(table("outbox"), table("outbox_numbers"))
        self.leases: Leases = _Leases(table("leases"), watched)
        self.commands: CommandInbox = _Commands(table("commands"), table("command_cursor"))

    def announce(self, concept: str, subject_id: str = "") -> None:
        self._may_change()
        self.announced.append(Announcement(concept, subject_id))

    def close(self) -> None:
        self._is_open = False

    def _may_change(self) -> None:
        if not self._is_open:
            raise UnitOfWorkMisused("this unit of work is over")
        if not self._is_changing:
            raise UnitOfWorkMisused("a change inside look()")


class FakeStorage:
    """The whole database in dictionaries, safe to use from several threads."""

    def __init__(self, announcer: Announcer | None = None) -> None:
        self._announcer = announcer
        self._tables: Tables = {}
        self._writing = threading.Lock()
        self._in_this_thread = threading.local()
        self._watched: dict[str, tuple[str, datetime, datetime]] = {}
        self.announced: list[Announcement] = []
        """Everything announced so far, after its commit."""
        self.fail_with: Exception | None = None
        """Raised when a unit of work is opened: `Unavailable("database")` plays a database that is away."""
        self.fail_commit_with: Exception | None = None
        """Raised instead of the next commit: `Unavailable("disk")` plays a full disk."""

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        with self._one_unit_a_thread(), self._writing:
            draft = {name: dict(rows) for name, rows in self._tables.items()}
            work = FakeUnitOfWork(draft, self._watched, is_changing=True)
            try:
                yield work
            finally:
                work.close()
            if self.fail_commit_with is not None:
                failure, self.fail_commit_with = self.fail_commit_with, None
                raise failure
            self._tables = draft
        for announcement in work.announced:
            self.announced.append(announcement)
            if self._announcer is not None:
                self._announcer.announce(announcement)

    @contextmanager
    def look(self) -> Iterator[UnitOfWork]:
        with self._one_unit_a_thread():
            # The tables of a finished commit are never changed again: a reader holds its own moment.
            work = FakeUnitOfWork(dict(self._tables), self._watched, is_changing=False)
            try:
                yield work
            finally:
                work.close()

    @contextmanager
    def _one_unit_a_thread(self) -> Iterator[None]:
        if self.fail_with is not None:
            raise self.fail_with
        if getattr(self._in_this_thread, "is_busy", False):
            raise UnitOfWorkMisused("a unit of work inside another")
        self._in_this_thread.is_busy = True
        try:
            yield
        finally:
            self._in_this_thread.is_busy = False


@dataclass
class FakeMedia:
    """Media in a dictionary."""

    files: dict[MediaHash, bytes] = field(default_factory=dict)
    fail_with: Exception | None = None

    def put(self, content: bytes) -> MediaHash:
        if self.fail_with is not None:
            raise self.fail_with
        media_hash = MediaHash(hashlib.sha256(content).hexdigest())
        self.files[media_hash] = content
        return media_hash

    def get(self, media_hash: MediaHash) -> bytes:
        if self.fail_with is not None:
            raise self.fail_with
        if media_hash not in self.files:
            raise NotFound(concept="media", id=media_hash)
        return self.files[media_hash]

    def remove(self, media_hash: MediaHash) -> None:
        self.files.pop(media_hash, None)
