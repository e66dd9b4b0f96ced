"""Messages that wait to leave, in order."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from smart4s_kiosk.domain.events import Fact
from smart4s_kiosk.domain.ids import MessageId
from smart4s_kiosk.ports.outbox import LONGEST_PAUSE, OutboxMessage, OutboxState
from tests.fakes.shelves.table import Table


class FakeOutbox:
    def __init__(self, table: Table, numbers: Table) -> None:
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
        pausing = [m for m in heads.values() if m.attempts and now < m.next_at <= now + LONGEST_PAUSE]
        return [m for m in heads.values() if m.state is OutboxState.PENDING and m not in pausing][:limit]

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
        self._table.may_change()
        return len(old)

    def _move(self, message_ids: Sequence[MessageId], from_states: set[OutboxState], **changes: object) -> None:
        self._table.may_change()
        for message_id in message_ids:
            message = self._table.rows.get(message_id)
            if message is not None and message.state in from_states:
                self._table.update(message_id, replace(message, **changes))

    def _messages(self) -> list[OutboxMessage]:
        return sorted(self._table.rows.values(), key=lambda m: m.sequence)
