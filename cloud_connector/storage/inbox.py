"""What showrooms told us: each event once, in order per aggregate."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from cloud_connector.contract.envelope import Event, Outcome
from cloud_connector.storage import tables
from cloud_connector.storage.statements import insert_once


class Inbox:
    """Events inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, store_id: str, device_id: str, event: Event, data: dict[str, Any], now: datetime) -> Outcome:
        """Keep an event once: accepted, duplicate, or stale_version when a later one of its aggregate was taken."""
        known = select(tables.events.c.id).where(tables.events.c.store_id == store_id, tables.events.c.id == event.id)
        if self._connection.execute(known).first() is not None:
            return "duplicate"
        if not self._is_next(store_id, event, now):
            return "stale_version"
        is_new = insert_once(
            self._connection,
            tables.events,
            store_id=store_id,
            id=event.id,
            device_id=device_id,
            aggregate=event.aggregate,
            seq=event.seq,
            type=event.type,
            version=event.version,
            data=data,
            occurred_at=event.occurred_at,
            received_at=now,
        )
        return "accepted" if is_new else "duplicate"

    def _is_next(self, store_id: str, event: Event, now: datetime) -> bool:
        """Under the aggregate's row lock, which is also what makes two senders of one event wait for each other."""
        rows = tables.aggregates
        here = (rows.c.store_id == store_id) & (rows.c.aggregate == event.aggregate)
        insert_once(self._connection, rows, store_id=store_id, aggregate=event.aggregate, last_seq=0, updated_at=now)
        last = self._connection.execute(select(rows.c.last_seq).where(here).with_for_update()).scalar_one()
        if event.seq < last:
            return False
        self._connection.execute(update(rows).where(here).values(last_seq=event.seq, updated_at=now))
        return True

    def count(self, store_id: str) -> int:
        """How many events of a store are kept."""
        rows = select(func.count()).select_from(tables.events).where(tables.events.c.store_id == store_id)
        return self._connection.execute(rows).scalar_one()

    def forget_before(self, moment: datetime) -> int:
        """Drop old events."""
        gone = self._connection.execute(delete(tables.events).where(tables.events.c.received_at < moment)).rowcount
        old = tables.aggregates.c.updated_at < moment
        return gone + self._connection.execute(delete(tables.aggregates).where(old)).rowcount
