"""An in-memory showroom database with the behaviour of the real ones; the contract suite proves it.

Every unit of work edits a copy of all tables and swaps it in when it commits, so a rollback leaves nothing.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from smart4s_kiosk.ports.announcer import Announcement, Announcer
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
from tests.fakes.shelves.agreements import FakeAgreements
from tests.fakes.shelves.appointments import FakeAppointments
from tests.fakes.shelves.audit import FakeAudit
from tests.fakes.shelves.business_settings import FakeBusinessSettings
from tests.fakes.shelves.command_inbox import FakeCommandInbox
from tests.fakes.shelves.consents import FakeConsents
from tests.fakes.shelves.counters import FakeCounters
from tests.fakes.shelves.customers import FakeCustomers
from tests.fakes.shelves.drinks import FakeDrinks
from tests.fakes.shelves.feedback import FakeFeedback
from tests.fakes.shelves.foot_traffic import FakeFootTraffic
from tests.fakes.shelves.keys import FakeKeys
from tests.fakes.shelves.leases import FakeLeases
from tests.fakes.shelves.outbox import FakeOutbox
from tests.fakes.shelves.quotes import FakeQuotes
from tests.fakes.shelves.receipts import FakeReceipts
from tests.fakes.shelves.reports import FakeReports
from tests.fakes.shelves.seals import FakeSeals
from tests.fakes.shelves.staff import FakeStaff
from tests.fakes.shelves.table import Table, Tables
from tests.fakes.shelves.terminals import FakeTerminals
from tests.fakes.shelves.vehicles import FakeVehicles
from tests.fakes.shelves.visits import FakeVisits


class FakeUnitOfWork:
    """One transaction of `FakeStorage`."""

    def __init__(
        self, tables: Tables, watched: dict[str, tuple[str, datetime, datetime]], *, is_changing: bool
    ) -> None:
        self._is_changing = is_changing
        self._is_open = True
        self.announced: list[Announcement] = []

        def table(name: str) -> Table:
            return Table(tables, name, self._may_change)

        self.visits: VisitShelf = FakeVisits(table("visits"), table("visit_steps"), table("drinks"))
        self.drinks: DrinkShelf = FakeDrinks(table("drinks"))
        self.customers: CustomerShelf = FakeCustomers(table("customers"))
        self.staff: StaffShelf = FakeStaff(table("staff"))
        self.appointments: AppointmentShelf = FakeAppointments(table("appointments"))
        self.vehicles: VehicleShelf = FakeVehicles(table("vehicles"))
        self.keys: KeyShelf = FakeKeys(table("keys"))
        self.agreements: AgreementShelf = FakeAgreements(table("agreements"))
        self.seals: SealShelf = FakeSeals(table("seals"))
        self.quotes: QuoteShelf = FakeQuotes(table("quotes"))
        self.consents: ConsentShelf = FakeConsents(table("consents"))
        self.feedback: FeedbackShelf = FakeFeedback(table("feedback"))
        self.foot_traffic: FootTrafficShelf = FakeFootTraffic(table("foot_traffic"))
        self.reports: ReportShelf = FakeReports(
            table("visits"), table("agreements"), table("quotes"), table("customers")
        )
        self.settings: SettingsShelf = FakeBusinessSettings(table("business_settings"))
        self.audit: AuditShelf = FakeAudit(table("audit"))
        self.counters: Counters = FakeCounters(table("counters"))
        self.receipts: Receipts = FakeReceipts(table("receipts"))
        self.outbox: Outbox = FakeOutbox(table("outbox"), table("outbox_numbers"))
        self.leases: Leases = FakeLeases(table("leases"), watched)
        self.commands: CommandInbox = FakeCommandInbox(table("commands"), table("command_cursor"))
        self.terminals: TerminalShelf = FakeTerminals(table("terminals"))

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
