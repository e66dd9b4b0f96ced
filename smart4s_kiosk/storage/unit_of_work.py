"""One transaction with its shelves, and the showroom's storage that opens them."""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import func, select

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.ports.announcer import Announcement, Announcer
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.drinks import DrinkShelf
from smart4s_kiosk.ports.outbox import CommandInbox, Leases, Outbox
from smart4s_kiosk.ports.reports import ReportShelf
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
    QuoteShelf,
    Receipts,
    SealShelf,
    SettingsShelf,
    StaffShelf,
    TerminalShelf,
    UnitOfWork,
    UnitOfWorkMisused,
    VehicleShelf,
    VisitShelf,
)
from smart4s_kiosk.storage import tables
from smart4s_kiosk.storage.agreements import SqlAgreements
from smart4s_kiosk.storage.appointments import SqlAppointments
from smart4s_kiosk.storage.audit import SqlAudit
from smart4s_kiosk.storage.border import translated
from smart4s_kiosk.storage.business_settings import SqlSettings
from smart4s_kiosk.storage.command_inbox import SqlCommandInbox
from smart4s_kiosk.storage.consents import SqlConsents
from smart4s_kiosk.storage.counters import SqlCounters
from smart4s_kiosk.storage.customers import SqlCustomers
from smart4s_kiosk.storage.database import BUSY_S, Database
from smart4s_kiosk.storage.drinks import SqlDrinks
from smart4s_kiosk.storage.feedback import SqlFeedback
from smart4s_kiosk.storage.foot_traffic import SqlFootTraffic
from smart4s_kiosk.storage.keys import SqlKeys
from smart4s_kiosk.storage.leases import SqlLeases, Watched
from smart4s_kiosk.storage.outbox import SqlOutbox
from smart4s_kiosk.storage.quotes import SqlQuotes
from smart4s_kiosk.storage.receipts import SqlReceipts
from smart4s_kiosk.storage.reports import SqlReports
from smart4s_kiosk.storage.seals import SqlSeals
from smart4s_kiosk.storage.staff import SqlStaff
from smart4s_kiosk.storage.terminals import SqlTerminals
from smart4s_kiosk.storage.transaction import Transaction
from smart4s_kiosk.storage.vehicles import SqlVehicles
from smart4s_kiosk.storage.visits import SqlVisits

CHANNEL = "smart4s_announcements"
"""PostgreSQL channel that wakes the other processes."""


class SqlUnitOfWork:
    """The shelves of one transaction."""

    def __init__(self, transaction: Transaction, watched: Watched) -> None:
        self._transaction = transaction
        self.announced: list[Announcement] = []
        self.visits: VisitShelf = SqlVisits(transaction)
        self.drinks: DrinkShelf = SqlDrinks(transaction)
        self.customers: CustomerShelf = SqlCustomers(transaction)
        self.staff: StaffShelf = SqlStaff(transaction)
        self.appointments: AppointmentShelf = SqlAppointments(transaction)
        self.vehicles: VehicleShelf = SqlVehicles(transaction)
        self.keys: KeyShelf = SqlKeys(transaction)
        self.agreements: AgreementShelf = SqlAgreements(transaction)
        self.seals: SealShelf = SqlSeals(transaction)
        self.quotes: QuoteShelf = SqlQuotes(transaction)
        self.consents: ConsentShelf = SqlConsents(transaction)
        self.feedback: FeedbackShelf = SqlFeedback(transaction)
        self.foot_traffic: FootTrafficShelf = SqlFootTraffic(transaction)
        self.reports: ReportShelf = SqlReports(transaction)
        self.settings: SettingsShelf = SqlSettings(transaction)
        self.audit: AuditShelf = SqlAudit(transaction)
        self.counters: Counters = SqlCounters(transaction)
        self.receipts: Receipts = SqlReceipts(transaction)
        self.outbox: Outbox = SqlOutbox(transaction)
        self.leases: Leases = SqlLeases(transaction, watched)
        self.commands: CommandInbox = SqlCommandInbox(transaction)
        self.terminals: TerminalShelf = SqlTerminals(transaction)

    def announce(self, concept: str, subject_id: str = "") -> None:
        """Tell every process of the showroom after the commit."""
        self._transaction.must_change()
        self.announced.append(Announcement(concept, subject_id))


class SqlStorage:
    """The showroom's database, on SQLCipher or PostgreSQL; safe to use from several threads."""

    def __init__(self, database: Database, announcer: Announcer, clock: Clock) -> None:
        self.database = database
        self.origin = secrets.token_hex(8)
        """What this process signs its announcements with."""
        self._announcer = announcer
        self._clock = clock
        self._watched: Watched = {}
        self._writing = threading.Lock()
        self._in_this_thread = threading.local()

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        """One changing transaction; commits when the block ends without an error, then announces."""
        with self._one_unit_a_thread(), self._one_writer(), self.database.change() as transaction:
            work = SqlUnitOfWork(transaction, self._watched)
            yield work
            self._write_down(work.announced, transaction)
        for announcement in work.announced:
            self._announcer.announce(announcement)

    @contextmanager
    def look(self) -> Iterator[UnitOfWork]:
        """One reading transaction: the database as it was at its first question."""
        with self._one_unit_a_thread(), self.database.look() as transaction:
            yield SqlUnitOfWork(transaction, self._watched)

    def server_time(self) -> datetime | None:
        """The clock of PostgreSQL's machine, which a store's terminals share; None for the file, which has none."""
        with self._one_unit_a_thread(), self.database.look() as transaction:
            if not transaction.is_postgres:
                return None
            told: datetime = transaction.value(select(func.clock_timestamp()))
            return told.astimezone(UTC)

    def close(self) -> None:
        """Give back all connections."""
        self.database.close()

    def _write_down(self, announced: list[Announcement], transaction: Transaction) -> None:
        for each in announced:
            transaction.insert(
                tables.announcements,
                origin=self.origin,
                concept=each.concept,
                subject_id=each.subject_id,
                at=self._clock.now(),
            )
        if announced and transaction.is_postgres:
            transaction.run(select(func.pg_notify(CHANNEL, self.origin)))

    @contextmanager
    def _one_writer(self) -> Iterator[None]:
        # The database would make them wait too; a lock of our own wakes the next one at once instead of polling.
        if not self._writing.acquire(timeout=BUSY_S):
            raise Unavailable("database", reason="busy")
        try:
            yield
        finally:
            self._writing.release()

    @contextmanager
    def _one_unit_a_thread(self) -> Iterator[None]:
        if getattr(self._in_this_thread, "is_busy", False):
            raise UnitOfWorkMisused("a unit of work inside another")
        self._in_this_thread.is_busy = True
        try:
            with translated():
                yield
        finally:
            self._in_this_thread.is_busy = False
