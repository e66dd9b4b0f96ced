"""What stands behind the manager's other pages: messages, privacy and the health of this terminal."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from smart4s_kiosk.domain.customers import Customer
from smart4s_kiosk.domain.ids import ConsentId, CustomerId, MessageId, StaffId, TerminalId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.staff import Permission
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.outbox import OutboxState
from smart4s_kiosk.ports.storage import Storage
from smart4s_kiosk.ports.sync import LineState, LineStatus
from smart4s_kiosk.ports.vault import ErasureReceipt
from smart4s_kiosk.services.business_settings import StoreRules
from smart4s_kiosk.services.privacy import Privacy
from smart4s_kiosk.services.set_up_again import SetUpAgain

FILING_LIMIT = 100_000
"""From so many stored faces the authority must be told within 30 working days (rules.md)."""
SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class ParkedLine:
    """A message that was refused for good and waits for a hand."""

    message_id: MessageId
    kind: str
    """The fact's name, such as "VisitRequested"."""
    created_at: datetime
    error: str
    attempts: int


@dataclass(frozen=True, slots=True)
class MessagesView:
    """The outbox and the line."""

    counts: Mapping[OutboxState, int]
    oldest_pending_at: datetime | None
    parked: tuple[ParkedLine, ...]
    line: str
    """off, unknown, elsewhere, up, down or refused (`ports.sync.LineState`)."""
    last_contact_at: datetime | None
    problem: str = ""
    """Why it is down or refused, in the line's own code."""


@dataclass(frozen=True, slots=True)
class PrivacyView:
    """What is kept, what is due."""

    faces_kept: int | None
    filing_limit: int
    due_today: int
    due_soon: int
    """Within 30 days."""
    erased: int


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A customer who may ask to be forgotten; the name is masked."""

    customer_id: CustomerId
    name: str
    title: Title
    visits: int
    last_visit_at: datetime | None


@dataclass(frozen=True, slots=True)
class HealthLine:
    """One finding or one background loop, in words."""

    name: str
    what: str
    to_do: str
    level: int
    """0 good, 1 advice, 2 an ability is missing, 3 broken."""


class Office:
    """Everything behind the manager's pages except the figures."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        terminal_id: TerminalId,
        privacy: Privacy,
        line: Callable[[], LineStatus | None] = lambda: None,
        faces: Callable[[], int | None] = lambda: None,
        face_consents: Callable[[], Sequence[ConsentId]] = tuple,
        checks: Callable[[], Sequence[HealthLine]] = tuple,
        loops: Callable[[], Sequence[HealthLine]] = tuple,
        set_up: Callable[[StaffId], SetUpAgain] | None = None,
    ) -> None:
        self._storage, self._clock, self._terminal_id = storage, clock, terminal_id
        self._privacy, self._line = privacy, line
        self._faces, self._face_consents = faces, face_consents
        self.rules = StoreRules(storage=storage, clock=clock)
        self.checks, self.loops = checks, loops
        self.set_up = set_up
        """The first start's steps for an administrator; None where no machine is set up (pictures of pages)."""

    # messages

    def messages(self) -> MessagesView:
        """What waits to leave."""
        with self._storage.look() as view:
            counts, oldest, parked = view.outbox.counts(), view.outbox.oldest_pending_at(), view.outbox.parked()
        lines = tuple(
            ParkedLine(m.message_id, type(m.fact).__name__, m.created_at, m.last_error, m.attempts) for m in parked
        )
        status = self._line()
        if status is None:
            return MessagesView(counts, oldest, lines, LineState.OFF.value, None)
        return MessagesView(counts, oldest, lines, status.state.value, status.last_contact_at, status.problem)

    def release(self, message_id: MessageId, *, by: StaffId) -> MessagesView:
        """Send a parked message, and those behind it, once more."""
        now = self._clock.now()
        with self._storage.begin() as work:
            work.staff.get(by).must_be_allowed(Permission.CHANGE_SETTINGS)
            work.outbox.release(message_id, at=now)
            work.audit.append(
                at=now, act="message.released", subject_id=message_id, staff_id=by, terminal_id=self._terminal_id
            )
            work.announce("outbox", message_id)
        return self.messages()

    # privacy

    def privacy(self) -> PrivacyView:
        """Counts only: nobody is named."""
        now = self._clock.now()
        ids = self._face_consents()
        with self._storage.look() as view:
            ends = [end for c in ids if (end := view.consents.get(c).expires_at) is not None]
            erased = len(view.customers.erased())
        return PrivacyView(
            faces_kept=self._faces(),
            filing_limit=FILING_LIMIT,
            due_today=sum(end <= now + timedelta(days=1) for end in ends),
            due_soon=sum(end <= now + SOON for end in ends),
            erased=erased,
        )

    def find_people(self, name_part: str, *, by: StaffId) -> tuple[PersonLine, ...]:
        """Customers by part of the name, masked."""
        with self._storage.look() as view:
            view.staff.get(by).must_be_allowed(Permission.ERASE_PEOPLE)
            found = view.customers.search(name_part.strip(), limit=50) if name_part.strip() else []
        return tuple(_person(customer) for customer in found)

    def forget(self, customer_id: CustomerId, *, by: StaffId, reason: str) -> ErasureReceipt:
        """Destroy the person's key; the receipt proves it. Sealed agreements stay as the law asks."""
        with self._storage.look() as view:
            view.staff.get(by).must_be_allowed(Permission.ERASE_PEOPLE)
        return self._privacy.forget(customer_id, by=by, reason=reason)


def _person(customer: Customer) -> PersonLine:
    return PersonLine(customer.id, customer.masked_name, customer.title, customer.visits, customer.last_visit_at)
