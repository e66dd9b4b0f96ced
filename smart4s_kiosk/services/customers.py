"""Customers: find, register, correct, reveal, bind. Contact values are sealed here and opened only with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from smart4s_kiosk.domain.customers import TAIL_DIGITS, Customer, Stage, clean_phone
from smart4s_kiosk.domain.errors import NotAllowed, NotFound
from smart4s_kiosk.domain.ids import CustomerId, PersonId, StaffId, TerminalId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.staff import Permission
from smart4s_kiosk.ports.clock import Clock, Ids
from smart4s_kiosk.ports.storage import Storage, UnitOfWork
from smart4s_kiosk.ports.vault import Fingerprints, PersonVault

PHONE = "customer.phone"
ID_NUMBER = "customer.id_number"
ADDRESS = "customer.address"


class TooManyReveals(NotAllowed):
    """So many contacts in an hour need the manager."""

    code = "customer.too_many_reveals"


class NoPhone(NotFound):
    """This customer left no phone number."""

    code = "customer.no_phone"


class ReasonMissing(NotAllowed):
    """A contact is shown for a reason only."""

    code = "customer.reason_missing"


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """What somebody told us about themselves; only the name or a phone is needed."""

    name: str
    title: Title = Title.NONE
    phone: str = ""
    source: str = "walk_in"
    consultant_id: StaffId | None = None


@dataclass(frozen=True, slots=True)
class CustomerLine:
    """One customer in a list: masked, without any contact value."""

    customer_id: CustomerId
    name: str
    title: Title
    consultant: str
    stage: Stage
    visits: int
    last_visit_at: datetime | None
    has_phone: bool


class Customers:
    """Use cases of a customer record."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        ids: Ids,
        vault: PersonVault,
        fingerprints: Fingerprints,
        terminal_id: TerminalId,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._ids = ids
        self._vault = vault
        self._fingerprints = fingerprints
        self._terminal_id = terminal_id

    def get(self, customer_id: CustomerId) -> Customer:
        """The record."""
        with self._storage.look() as view:
            return view.customers.get(customer_id)

    def by_phone(self, typed: str) -> Sequence[Customer]:
        """Customers with this whole number."""
        fingerprint = self._fingerprints.phone(clean_phone(typed))
        with self._storage.look() as view:
            return view.customers.by_phone(fingerprint)

    def by_tail(self, last4: str) -> Sequence[Customer]:
        """Customers whose number ends so. For rules only: a kiosk never shows one from a tail alone."""
        fingerprint = self._fingerprints.phone_tail(last4)
        with self._storage.look() as view:
            return view.customers.by_tail(fingerprint)

    def search(self, typed: str) -> Sequence[Customer]:
        """Staff's search box: part of a name, a tail, a whole number or a plate."""
        text = typed.strip()
        digits = "".join(c for c in text if c.isdigit())
        with self._storage.look() as view:
            if digits == text and len(digits) == TAIL_DIGITS:
                return view.customers.by_tail(self._fingerprints.phone_tail(digits))
            if digits == text and len(digits) > TAIL_DIGITS:
                return view.customers.by_phone(self._fingerprints.phone(digits))
            by_name = view.customers.search(text) if text else []
            return by_name or view.customers.by_plate(self._fingerprints.plate(text))

    def lines(self, typed: str) -> tuple[CustomerLine, ...]:
        """What `search` finds, ready to show; without words those seen last."""
        found = self.search(typed) if typed.strip() else None
        with self._storage.look() as view:
            names = {m.id: m.name for m in view.staff.all()}
            shown = found if found is not None else view.customers.search("")
        return tuple(
            CustomerLine(
                customer_id=c.id,
                name=c.masked_name,
                title=c.title,
                consultant=names.get(c.consultant_id, "") if c.consultant_id else "",
                stage=c.stage,
                visits=c.visits,
                last_visit_at=c.last_visit_at,
                has_phone=bool(c.phone_sealed),
            )
            for c in shown
        )

    def register(self, new: NewCustomer) -> Customer:
        """A new record, or the one that already has this name and number."""
        with self._storage.begin() as work:
            return self.register_within(work, new)

    def register_within(self, work: UnitOfWork, new: NewCustomer) -> Customer:
        """The same inside an open transaction."""
        phone = clean_phone(new.phone) if new.phone else ""
        if phone:
            for known in work.customers.by_phone(self._fingerprints.phone(phone)):
                if not new.name or known.name == new.name.strip():
                    return known
        person_id = PersonId(self._ids.new())
        customer = Customer(
            id=CustomerId(self._ids.new()),
            version=1,
            person_id=person_id,
            name=new.name.strip(),
            title=new.title,
            created_at=self._clock.now(),
            source=new.source,
            consultant_id=new.consultant_id,
        )
        if phone:
            customer = self._with_phone(customer, phone)
        work.customers.add(customer)
        work.announce("customers", customer.id)
        return customer

    def set_phone(self, customer_id: CustomerId, phone: str) -> Customer:
        """A number given later."""
        with self._storage.begin() as work:
            customer = work.customers.get(customer_id)
            after = replace(self._with_phone(customer, clean_phone(phone)), version=customer.version + 1)
            work.customers.put(after)
            return after

    def reveal_phone(
        self, customer_id: CustomerId, *, by: StaffId, reason: str, approved_by: StaffId | None = None
    ) -> str:
        """The whole number, for a reason; audited; above the limit an hour a manager must approve.

        `approved_by` is who gave their PIN for it (`Staff.approve`); the audit line names them after the reason.
        """
        if not reason.strip():
            raise ReasonMissing
        now = self._clock.now()
        with self._storage.begin() as work:
            work.staff.get(by).must_be_allowed(Permission.REVEAL_CONTACTS)
            limit = work.settings.current().reveals_per_hour
            if approved_by is not None:
                work.staff.get(approved_by).must_be_allowed(Permission.APPROVE)
            elif work.audit.count("contact.revealed", by, now - timedelta(hours=1)) >= limit:
                raise TooManyReveals(limit=limit)
            customer = work.customers.get(customer_id)
            work.audit.append(
                at=now,
                act="contact.revealed",
                subject_id=customer_id,
                staff_id=by,
                terminal_id=self._terminal_id,
                reason=f"{reason.strip()} / {approved_by}" if approved_by is not None else reason.strip(),
            )
        if not customer.phone_sealed:
            raise NoPhone(customer_id=customer_id)
        return self._vault.open(customer.person_id, PHONE, customer.phone_sealed).decode()

    def bind(self, customer_id: CustomerId, consultant_id: StaffId | None, *, by: StaffId) -> Customer:
        """Give the customer to a consultant, or to nobody: a manager's act, audited."""
        with self._storage.begin() as work:
            work.staff.get(by).must_be_allowed(Permission.APPROVE)
            after = work.customers.get(customer_id).bound_to(consultant_id)
            work.customers.put(after)
            work.audit.append(
                at=self._clock.now(),
                act="customer.bound",
                subject_id=customer_id,
                staff_id=by,
                terminal_id=self._terminal_id,
                reason=consultant_id or "",
            )
            return after

    def _with_phone(self, customer: Customer, phone: str) -> Customer:
        return replace(
            customer,
            phone_sealed=self._vault.seal(customer.person_id, PHONE, phone.encode()),
            phone_fingerprint=self._fingerprints.phone(phone),
            tail_fingerprint=self._fingerprints.phone_tail(phone[-TAIL_DIGITS:]),
        )
