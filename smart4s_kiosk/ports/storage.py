"""Unit of work and one shelf per concept, as services see them.

`with storage.begin() as work:` is one changing transaction; leaving without an error commits, an error rolls back and
nothing of it is ever seen. `with storage.look() as view:` is its read-only sister. Shelves take and give domain
values. `put` expects the value one version above the stored one and raises `VersionConflict` otherwise. Facts added
to `outbox` and announcements made with `announce` belong to the same transaction: both happen exactly when it commits.

Changing transactions of all processes run one after another, on both databases: what a unit of work has read stays true
until it commits. `add` of something that is there already (same id, code, number) is a `VersionConflict` too. A second
unit of work opened by a thread that still has one open is a mistake in the program (`UnitOfWorkMisused`).
"""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from smart4s_kiosk.domain.agreements import Agreement
from smart4s_kiosk.domain.appointments import Appointment
from smart4s_kiosk.domain.audit import AuditLine
from smart4s_kiosk.domain.business_settings import BusinessSettings
from smart4s_kiosk.domain.consents import Consent
from smart4s_kiosk.domain.customers import Customer
from smart4s_kiosk.domain.feedback import Feedback
from smart4s_kiosk.domain.foot_traffic import FloorCounts
from smart4s_kiosk.domain.ids import (
    AgreementId,
    AppointmentId,
    CarId,
    ConsentId,
    CustomerId,
    KeyId,
    MediaHash,
    PersonId,
    QuoteId,
    StaffId,
    TerminalId,
    VisitId,
)
from smart4s_kiosk.domain.keys import Key
from smart4s_kiosk.domain.seals import SealEntry
from smart4s_kiosk.domain.staff import StaffMember
from smart4s_kiosk.domain.terminals import Terminal
from smart4s_kiosk.domain.vehicles import TestCar
from smart4s_kiosk.domain.visits import Purpose, Visit, VisitStep
from smart4s_kiosk.ports.drinks import DrinkShelf
from smart4s_kiosk.ports.outbox import CommandInbox, Leases, Outbox
from smart4s_kiosk.ports.reports import ReportShelf


class UnitOfWorkMisused(RuntimeError):
    """A change inside `look()`, or a unit of work inside another: a mistake in the program, never in the data."""


@dataclass(frozen=True, slots=True)
class VisitQuery:
    """What a line of the showroom log must match; None means "any". Times are half-open: from <= started_at < until."""

    started_from: datetime | None = None
    started_until: datetime | None = None
    consultant_id: StaffId | None = None
    purpose: Purpose | None = None
    text: str = ""
    """Part of the masked name or the label."""
    limit: int = 200
    offset: int = 0


class VisitShelf(Protocol):
    """Visits with their journals."""

    def get(self, visit_id: VisitId) -> Visit: ...
    def add(self, visit: Visit, step: VisitStep) -> None: ...
    def put(self, visit: Visit, step: VisitStep) -> None: ...
    def journal(self, visit_id: VisitId) -> Sequence[VisitStep]: ...
    def open_visits(self) -> Sequence[Visit]: ...
    def search(self, query: VisitQuery) -> Sequence[Visit]:
        """Newest first."""
        ...

    def count(self, query: VisitQuery) -> int:
        """How many `search` would give without a limit."""
        ...

    def forget_before(self, moment: datetime) -> int:
        """Remove closed visits that started before, with their journals; how many."""
        ...


class CustomerShelf(Protocol):
    """Customers; found by fingerprints, never by plain contact values."""

    def get(self, customer_id: CustomerId) -> Customer: ...
    def add(self, customer: Customer) -> None: ...
    def put(self, customer: Customer) -> None: ...
    def by_phone(self, fingerprint: str) -> Sequence[Customer]: ...
    def by_tail(self, fingerprint: str) -> Sequence[Customer]: ...
    def by_plate(self, fingerprint: str) -> Sequence[Customer]: ...
    def several(self, ids: Collection[CustomerId]) -> Sequence[Customer]:
        """Those of `ids` that are there, by id, in one question."""
        ...

    def not_seen_since(self, moment: datetime, *, limit: int) -> Sequence[Customer]:
        """Not erased, and neither made nor visiting since `moment`; the longest unseen first."""
        ...

    def by_person(self, person_id: PersonId) -> Customer | None: ...
    def erased(self) -> Sequence[Customer]:
        """Everybody who was forgotten: what is left of them says nothing of who they were."""
        ...

    def search(self, name_part: str, *, limit: int = 50) -> Sequence[Customer]:
        """Not erased, by part of the name, most recently seen first."""
        ...


class StaffShelf(Protocol):
    """Everybody who works here."""

    def get(self, staff_id: StaffId) -> StaffMember: ...
    def add(self, member: StaffMember) -> None: ...
    def put(self, member: StaffMember) -> None: ...
    def all(self) -> Sequence[StaffMember]:
        """Active ones, by name."""
        ...

    def by_wecom(self, userid: str) -> StaffMember | None: ...
    def by_badge(self, badge: str) -> StaffMember | None: ...


class AppointmentShelf(Protocol):
    """Who is expected."""

    def get(self, appointment_id: AppointmentId) -> Appointment: ...
    def add(self, appointment: Appointment) -> None: ...
    def put(self, appointment: Appointment) -> None: ...
    def by_code(self, code: str) -> Appointment | None: ...
    def several(self, ids: Collection[AppointmentId]) -> Sequence[Appointment]:
        """Those of `ids` that are there, by id, in one question."""
        ...

    def between(self, start: datetime, end: datetime) -> Sequence[Appointment]:
        """By time."""
        ...

    def forget_before(self, moment: datetime) -> int:
        """Remove those whose time was before; how many."""
        ...


class VehicleShelf(Protocol):
    """Test cars."""

    def get(self, car_id: CarId) -> TestCar: ...
    def add(self, car: TestCar) -> None: ...
    def put(self, car: TestCar) -> None: ...
    def all(self) -> Sequence[TestCar]: ...


class KeyShelf(Protocol):
    """Car keys."""

    def get(self, key_id: KeyId) -> Key: ...
    def add(self, key: Key) -> None: ...
    def put(self, key: Key) -> None: ...
    def all(self) -> Sequence[Key]: ...
    def of_car(self, car_id: CarId) -> Sequence[Key]: ...


class AgreementShelf(Protocol):
    """Test-drive agreements."""

    def get(self, agreement_id: AgreementId) -> Agreement: ...
    def add(self, agreement: Agreement) -> None: ...
    def put(self, agreement: Agreement) -> None: ...
    def of_visit(self, visit_id: VisitId) -> Sequence[Agreement]: ...
    def between(self, start: datetime, end: datetime) -> Sequence[Agreement]:
        """Created in that time, oldest first."""
        ...

    def remove(self, agreement_id: AgreementId) -> None:
        """Nothing is left of it but its link in the seal chain."""
        ...


class SealShelf(Protocol):
    """The store's seal chain: only ever added to, one link at a time."""

    def last(self) -> SealEntry | None: ...
    def append(self, entry: SealEntry) -> None:
        """Add the link after `last()`; `VersionConflict` when another link was added meanwhile."""
        ...

    def all(self) -> Sequence[SealEntry]:
        """Every link, in order."""
        ...


@dataclass(frozen=True, slots=True)
class QuoteRecord:
    """One version of a quote as it was issued: its content never changes."""

    id: QuoteId
    version: int
    number: str
    visit_id: VisitId | None
    customer_id: CustomerId | None
    consultant_id: StaffId
    content: str
    """The priced quote as JSON text (`domain/quotes.py` writes and reads it)."""
    total_fen: int
    is_final: bool
    issued_at: datetime
    valid_until: datetime
    link_token: str
    pdf: MediaHash | None = None


class QuoteShelf(Protocol):
    """Issued quotes, every version."""

    def add(self, quote: QuoteRecord) -> None: ...
    def get(self, quote_id: QuoteId, version: int | None = None) -> QuoteRecord:
        """One version; the newest without a number."""
        ...

    def of_visit(self, visit_id: VisitId) -> Sequence[QuoteRecord]: ...
    def between(self, start: datetime, end: datetime) -> Sequence[QuoteRecord]:
        """Issued in that time, oldest first."""
        ...

    def remove(self, quote_id: QuoteId, version: int) -> None:
        """This version is gone."""
        ...


class ConsentShelf(Protocol):
    """Answers to consent questions."""

    def add(self, consent: Consent) -> None: ...
    def put(self, consent: Consent) -> None: ...
    def get(self, consent_id: ConsentId) -> Consent: ...
    def of_customer(self, customer_id: CustomerId) -> Sequence[Consent]: ...
    def of_visit(self, visit_id: VisitId) -> Sequence[Consent]: ...


class FeedbackShelf(Protocol):
    """Scores of visitors."""

    def add(self, feedback: Feedback) -> None: ...
    def between(self, start: datetime, end: datetime) -> Sequence[Feedback]: ...
    def forget_before(self, moment: datetime) -> int:
        """Remove scores given before; how many."""
        ...


class FootTrafficShelf(Protocol):
    """What the floor cameras counted, by camera and hour."""

    def add(self, counts: FloorCounts) -> None:
        """Add a part to what its camera's hour holds so far. Without cells and zones it leaves the grid untouched."""
        ...

    def between(self, start: datetime, end: datetime) -> Sequence[FloorCounts]:
        """Hours that begin in that time, by hour and camera."""
        ...

    def totals(self, start: datetime, end: datetime) -> Sequence[FloorCounts]:
        """The same without cells and zones: quick over a year."""
        ...

    def forget_before(self, moment: datetime) -> int:
        """Remove hours that began before; how many."""
        ...


class SettingsShelf(Protocol):
    """Business settings with their history."""

    def current(self) -> BusinessSettings: ...
    def put(self, settings: BusinessSettings, *, by: StaffId | None, at: datetime) -> None: ...
    def history(self) -> Sequence[tuple[datetime, StaffId | None, BusinessSettings]]: ...


class AuditShelf(Protocol):
    """The audit chain."""

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
        """Add the next line: number and hash of the one before are filled in here, under the transaction's lock."""
        ...

    def between(self, start: datetime, end: datetime) -> Sequence[AuditLine]: ...
    def count(self, act: str, staff_id: StaffId, since: datetime) -> int: ...


class TerminalShelf(Protocol):
    """What each terminal of the showroom told about itself last."""

    def put(self, terminal: Terminal) -> None:
        """In place of what it told before."""
        ...

    def all(self) -> Sequence[Terminal]:
        """By name."""
        ...

    def forget_before(self, moment: datetime) -> int:
        """Remove those that were heard of last before `moment`; how many."""
        ...


class Counters(Protocol):
    """Numbers that people read: the 31st visitor of the day, the third agreement of the day."""

    def next(self, name: str, day: date) -> int:
        """1, 2, 3, ... for each name and day, without gaps among committed transactions."""
        ...


class Receipts(Protocol):
    """Second presses: what a key given by the page has already made."""

    def find(self, key: str) -> str | None: ...
    def keep(self, key: str, subject_id: str, at: datetime) -> None: ...
    def forget_before(self, moment: datetime) -> int:
        """Remove what was made before; how many."""
        ...


class UnitOfWork(Protocol):
    """One transaction with its shelves. Never leaves its thread."""

    visits: VisitShelf
    drinks: DrinkShelf
    customers: CustomerShelf
    staff: StaffShelf
    appointments: AppointmentShelf
    vehicles: VehicleShelf
    keys: KeyShelf
    agreements: AgreementShelf
    seals: SealShelf
    quotes: QuoteShelf
    consents: ConsentShelf
    feedback: FeedbackShelf
    foot_traffic: FootTrafficShelf
    reports: ReportShelf
    settings: SettingsShelf
    audit: AuditShelf
    counters: Counters
    receipts: Receipts
    outbox: Outbox
    leases: Leases
    commands: CommandInbox
    terminals: TerminalShelf

    def announce(self, concept: str, subject_id: str = "") -> None:
        """Tell every process of the showroom after the commit (`ports.announcer.Announcement`)."""
        ...


class Storage(Protocol):
    """The showroom's database."""

    def begin(self) -> AbstractContextManager[UnitOfWork]:
        """A changing transaction; `Unavailable` when the database is away or busy for more than 5 s."""
        ...

    def look(self) -> AbstractContextManager[UnitOfWork]:
        """A reading one: any change inside it fails."""
        ...


class Media(Protocol):
    """Photos, signatures and PDFs: encrypted files named by the hash of their plain content."""

    def put(self, content: bytes) -> MediaHash: ...
    def get(self, media_hash: MediaHash) -> bytes:
        """`NotFound` when it is not there; `Unavailable` when it cannot be read or was tampered with."""
        ...

    def remove(self, media_hash: MediaHash) -> None: ...
    def older_than(self, moment: datetime) -> Sequence[MediaHash]:
        """What was put on this terminal before `moment`."""
        ...
