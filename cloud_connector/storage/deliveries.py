"""Messages to members: a queue with leases. At most one of a lock key runs; those behind it wait for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, func, select, update

from cloud_connector.storage import tables
from cloud_connector.storage.statements import insert_once

BATCH = 20
_UNFINISHED = "due"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message on its way to one member."""

    id: str
    store_id: str
    event_id: str
    visit: str | None
    kind: str
    recipient: str
    payload: dict[str, Any]
    expires_at: datetime | None = None
    attempts: int = 0

    @property
    def lock_key(self) -> str:
        """Order is kept for one recipient in one visit; others do not wait."""
        return f"{self.store_id}|{self.visit or self.event_id}|{self.recipient}"


class Deliveries:
    """The queue inside one transaction."""

    def __init__(self, connection: Connection, woken: set[tuple[str, str]]) -> None:
        self._connection = connection
        self._woken = woken

    def add(self, delivery: Delivery, now: datetime) -> None:
        """Queue a message; the same id twice is one message."""
        insert_once(
            self._connection,
            tables.deliveries,
            id=delivery.id,
            store_id=delivery.store_id,
            event_id=delivery.event_id,
            visit=delivery.visit,
            kind=delivery.kind,
            recipient=delivery.recipient,
            payload=delivery.payload,
            lock_key=delivery.lock_key,
            state=_UNFINISHED,
            run_at=now,
            expires_at=delivery.expires_at,
            attempts=0,
            last_error="",
            created_at=now,
        )
        self._woken.add(("work", ""))

    def lease_due(self, owner: str, now: datetime, until: datetime, limit: int = BATCH) -> list[Delivery]:
        """Take up to `limit` due messages for `owner` until then; leases that ran out are taken again."""
        rows = tables.deliveries
        free = rows.c.lease_until.is_(None) | (rows.c.lease_until < now)
        due = (
            select(rows)
            .where(rows.c.state == _UNFINISHED, rows.c.run_at <= now, free, ~_has_earlier())
            .order_by(rows.c.number)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        found = self._connection.execute(due).all()
        if found:
            numbers = [row.number for row in found]
            taken = {"lease_owner": owner, "lease_until": until, "attempts": rows.c.attempts + 1}
            self._connection.execute(update(rows).where(rows.c.number.in_(numbers)).values(**taken))
        return [_delivery(row) for row in found]

    def free_leases(self) -> None:
        """End every lease: nobody is sending."""
        rows = tables.deliveries
        held = rows.c.lease_until.is_not(None)
        self._connection.execute(update(rows).where(held).values(lease_owner=None, lease_until=None))

    def finish(self, delivery: Delivery, owner: str, state: str, now: datetime, error: str = "") -> bool:
        """done, dead or expired; False when the lease was lost to another worker meanwhile."""
        return self._close(delivery, owner, state=state, finished_at=now, last_error=error)

    def again(self, delivery: Delivery, owner: str, run_at: datetime, error: str, *, counted: bool = True) -> bool:
        """Once more at `run_at`; waiting for a limit or a pause is not counted as a try."""
        attempts = delivery.attempts + 1 if counted else delivery.attempts
        return self._close(delivery, owner, run_at=run_at, last_error=error, attempts=attempts)

    def next_run_at(self) -> datetime | None:
        """When the next unfinished message is due or its lease ends."""
        rows = tables.deliveries
        moment = func.min(func.coalesce(rows.c.lease_until, rows.c.run_at), type_=tables.UtcTime())
        return self._moment(select(moment).where(rows.c.state == _UNFINISHED, ~_has_earlier()))

    def counts(self) -> dict[str, int]:
        """How many messages are in each state."""
        rows = tables.deliveries
        found = self._connection.execute(select(rows.c.state, func.count()).group_by(rows.c.state))
        return {state: number for state, number in found}  # noqa: C416 - a Row is not a pair to the type checker

    def oldest_due(self) -> datetime | None:
        rows = tables.deliveries
        return self._moment(
            select(func.min(rows.c.created_at, type_=tables.UtcTime())).where(rows.c.state == _UNFINISHED)
        )

    def forget_before(self, moment: datetime) -> int:
        rows = tables.deliveries
        return self._connection.execute(delete(rows).where(rows.c.finished_at < moment)).rowcount

    def _moment(self, query: Select[Any]) -> datetime | None:
        moment = self._connection.execute(query).scalar_one()
        assert moment is None or isinstance(moment, datetime)
        return moment

    def _close(self, delivery: Delivery, owner: str, **values: Any) -> bool:
        rows = tables.deliveries
        mine = (rows.c.id == delivery.id) & (rows.c.lease_owner == owner) & (rows.c.state == _UNFINISHED)
        free = {"lease_owner": None, "lease_until": None, **values}
        return self._connection.execute(update(rows).where(mine).values(**free)).rowcount == 1


def _has_earlier() -> ColumnElement[bool]:
    """Whether an unfinished message of the same lock key stands before the row."""
    rows, earlier = tables.deliveries, tables.deliveries.alias("earlier")
    same = (earlier.c.lock_key == rows.c.lock_key) & (earlier.c.state == _UNFINISHED)
    return select(earlier.c.number).where(same, earlier.c.number < rows.c.number).exists()


def _delivery(row: Any) -> Delivery:
    return Delivery(
        id=row.id,
        store_id=row.store_id,
        event_id=row.event_id,
        visit=row.visit,
        kind=row.kind,
        recipient=row.recipient,
        payload=dict(row.payload),
        expires_at=row.expires_at,
        attempts=row.attempts,
    )
