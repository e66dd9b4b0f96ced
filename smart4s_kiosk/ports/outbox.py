"""The part of a unit of work that the courier uses: messages out, commands in, and who may be the courier."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from smart4s_kiosk.domain.events import Fact
from smart4s_kiosk.domain.ids import MessageId

LONGEST_PAUSE = timedelta(seconds=300)
"""The longest that a message waits between two tries."""


class OutboxState(StrEnum):
    """What became of a message."""

    PENDING = "pending"
    SENT = "sent"
    EXPIRED = "expired"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """One fact waiting to leave."""

    sequence: int
    message_id: MessageId
    aggregate: str
    """What the order is kept for, for example "visit:<id>"."""
    fact: Fact
    created_at: datetime
    expires_at: datetime | None
    attempts: int
    next_at: datetime
    state: OutboxState
    last_error: str = ""


class Outbox(Protocol):
    """Messages waiting to leave, in order per aggregate."""

    def add(
        self,
        fact: Fact,
        *,
        message_id: MessageId,
        aggregate: str,
        at: datetime,
        expires_at: datetime | None = None,
    ) -> None: ...
    def due(self, now: datetime, *, limit: int = 100) -> Sequence[OutboxMessage]:
        """Per aggregate only the oldest pending message, by sequence; one that was tried, when its `next_at` has come.

        A `next_at` further away than LONGEST_PAUSE was written by a clock that ran ahead: that message is due.
        """
        ...

    def mark_sent(self, message_ids: Sequence[MessageId]) -> None: ...
    def mark_expired(self, message_ids: Sequence[MessageId]) -> None: ...
    def park(self, message_id: MessageId, error: str) -> None:
        """Refused for good: this and every later pending message of its aggregate wait for a manager's hand."""
        ...

    def try_again(self, message_ids: Sequence[MessageId], *, next_at: datetime, error: str) -> None: ...
    def release(self, message_id: MessageId, *, at: datetime) -> None:
        """A manager sends a parked message (and those behind it) once more."""
        ...

    def counts(self) -> Mapping[OutboxState, int]: ...
    def parked(self) -> Sequence[OutboxMessage]: ...
    def oldest_pending_at(self) -> datetime | None: ...
    def forget_sent_before(self, moment: datetime) -> int: ...


class Leases(Protocol):
    """Who may do a thing that only one process may do."""

    def take(self, name: str, holder: str, *, now: datetime, seconds: float) -> bool:
        """Take or renew; False while another holder's lease runs.

        A lease has run out when its end has passed, or when this process has watched it for `seconds` without seeing
        it renewed: so a dead holder whose clock was ahead blocks nobody.
        """
        ...

    def give_up(self, name: str, holder: str) -> None: ...


class CommandInbox(Protocol):
    """Commands from the cloud, applied once, and how far this store has read."""

    def cursor(self) -> int: ...
    def move_cursor(self, cursor: int) -> None: ...
    def is_new(self, command_id: str, at: datetime) -> bool:
        """True exactly once for each id."""
        ...

    def forget_before(self, moment: datetime) -> int:
        """Remove ids of commands applied before; how many."""
        ...
