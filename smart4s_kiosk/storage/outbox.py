"""Messages waiting to leave, in order per aggregate."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, select, update

from smart4s_kiosk.domain.events import Fact
from smart4s_kiosk.domain.ids import MessageId
from smart4s_kiosk.ports.outbox import LONGEST_PAUSE, OutboxMessage, OutboxState
from smart4s_kiosk.storage import facts, tables
from smart4s_kiosk.storage.transaction import Transaction

_TABLE = tables.outbox
_OF_FACT = ("kind", "content")
_OTHERS = tuple(column.name for column in _TABLE.c if column.name not in _OF_FACT)
_WAITING = (OutboxState.PENDING, OutboxState.PARKED)


class SqlOutbox:
    """Rows of `outbox`. A row leaves only by an answer, by a manager's hand, or long after it was sent."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(
        self,
        fact: Fact,
        *,
        message_id: MessageId,
        aggregate: str,
        at: datetime,
        expires_at: datetime | None = None,
    ) -> None:
        """One more message, behind all others of its aggregate."""
        kind, content = facts.to_row(fact)
        self._transaction.insert(
            _TABLE,
            message_id=message_id,
            aggregate=aggregate,
            kind=kind,
            content=content,
            created_at=at,
            expires_at=expires_at,
            attempts=0,
            next_at=at,
            state=OutboxState.PENDING,
            last_error="",
        )

    def due(self, now: datetime, *, limit: int = 100) -> Sequence[OutboxMessage]:
        """The oldest waiting message of each aggregate, when it is not parked and its pause is over."""
        before = _TABLE.alias("before")
        has_one_before = (
            select(before.c.sequence)
            .where(
                before.c.aggregate == _TABLE.c.aggregate,
                before.c.state.in_(_WAITING),
                before.c.sequence < _TABLE.c.sequence,
            )
            .exists()
        )
        # Whoever wrote the message may have had another clock than whoever sends it.
        has_paused = (_TABLE.c.next_at <= now) | (_TABLE.c.next_at > now + LONGEST_PAUSE)
        is_due = (_TABLE.c.state == OutboxState.PENDING) & ((_TABLE.c.attempts == 0) | has_paused)
        return self._messages(_select().where(is_due, ~has_one_before).limit(limit))

    def mark_sent(self, message_ids: Sequence[MessageId]) -> None:
        """The cloud has them; also when one was parked meanwhile, because its answer is the truth."""
        self._move(message_ids, _WAITING, state=OutboxState.SENT)

    def mark_expired(self, message_ids: Sequence[MessageId]) -> None:
        """Worthless by now: nobody gets them."""
        self._move(message_ids, (OutboxState.PENDING,), state=OutboxState.EXPIRED)

    def park(self, message_id: MessageId, error: str) -> None:
        """Refused for good; `due` gives nothing of its aggregate any more."""
        self._move([message_id], (OutboxState.PENDING,), state=OutboxState.PARKED, last_error=error)

    def try_again(self, message_ids: Sequence[MessageId], *, next_at: datetime, error: str) -> None:
        """Not delivered this time."""
        once_more = _TABLE.c.attempts + 1
        self._move(message_ids, (OutboxState.PENDING,), next_at=next_at, last_error=error, attempts=once_more)

    def release(self, message_id: MessageId, *, at: datetime) -> None:
        """A manager sends a parked message once more, and with it those behind it."""
        self._move([message_id], (OutboxState.PARKED,), state=OutboxState.PENDING, next_at=at)

    def counts(self) -> Mapping[OutboxState, int]:
        """How many are in each state."""
        rows = self._transaction.rows(select(_TABLE.c.state, func.count()).group_by(_TABLE.c.state))
        found = {row[0]: row[1] for row in rows}
        return {state: found.get(state, 0) for state in OutboxState}

    def parked(self) -> Sequence[OutboxMessage]:
        """By sequence."""
        return self._messages(_select().where(_TABLE.c.state == OutboxState.PARKED))

    def oldest_pending_at(self) -> datetime | None:
        """Since when something waits."""
        waiting = select(func.min(_TABLE.c.created_at)).where(_TABLE.c.state == OutboxState.PENDING)
        oldest: datetime | None = self._transaction.value(waiting)
        return oldest

    def forget_sent_before(self, moment: datetime) -> int:
        """Remove what was made before `moment` and is sent or expired."""
        is_done = _TABLE.c.state.in_((OutboxState.SENT, OutboxState.EXPIRED))
        return self._transaction.change(delete(_TABLE).where(is_done, _TABLE.c.created_at < moment))

    def _move(self, message_ids: Sequence[MessageId], from_states: Sequence[OutboxState], **changes: object) -> None:
        which = _TABLE.c.message_id.in_(list(message_ids)) & _TABLE.c.state.in_(from_states)
        self._transaction.change(update(_TABLE).where(which).values(changes))

    def _messages(self, statement: Select[Any]) -> list[OutboxMessage]:
        return [_to_value(row) for row in self._transaction.rows(statement.order_by(_TABLE.c.sequence))]


def _select() -> Select[Any]:
    return select(*(_TABLE.c[name] for name in (*_OTHERS, *_OF_FACT)))


def _to_value(row: Row[*tuple[Any, ...]]) -> OutboxMessage:
    *columns, kind, content = row
    return OutboxMessage(fact=facts.from_row(kind, content), **dict(zip(_OTHERS, columns, strict=True)))
