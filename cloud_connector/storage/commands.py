"""What showrooms are asked to do: numbered per store under a row lock, read by cursor, kept until acknowledged."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from cloud_connector.contract.envelope import Command
from cloud_connector.storage import tables

KEPT_AFTER_ACK = timedelta(hours=24)
KEPT_AT_MOST = timedelta(days=7)


class CursorTooOld(Exception):
    """The showroom asks for commands that were dropped; it must read the state instead."""


class Commands:
    """Commands inside one transaction."""

    def __init__(self, connection: Connection, woken: set[tuple[str, str]]) -> None:
        self._connection = connection
        self._woken = woken

    def add(
        self,
        store_id: str,
        *,
        command_id: str,
        kind: str,
        data: dict[str, Any],
        visit: str | None,
        now: datetime,
        expires_at: datetime | None = None,
    ) -> int:
        """Number and keep a command; the same id twice is one command. Answers its cursor."""
        rows, cursors = tables.commands, tables.store_cursors
        mine = cursors.c.store_id == store_id
        self._connection.execute(select(cursors.c.last).where(mine).with_for_update()).scalar_one()
        known = select(rows.c.cursor).where(rows.c.store_id == store_id, rows.c.id == command_id)
        found = self._connection.execute(known).scalar_one_or_none()
        if found is not None:
            return int(found)
        cursor = self._connection.execute(
            update(cursors).where(mine).values(last=cursors.c.last + 1).returning(cursors.c.last)
        ).scalar_one()
        self._connection.execute(
            rows.insert().values(
                store_id=store_id,
                cursor=cursor,
                id=command_id,
                type=kind,
                version=1,
                visit=visit,
                data=data,
                created_at=now,
                expires_at=expires_at,
            )
        )
        self._woken.add(("inbox", store_id))
        return int(cursor)

    def after(self, store_id: str, cursor: int, limit: int = 100) -> list[Command]:
        """Commands behind `cursor`, in order.

        Raises:
            CursorTooOld: commands behind it were dropped, or it is ahead of us (an older backup of ours).

        """
        last, dropped = self._marks(store_id)
        if cursor < dropped or cursor > last:
            raise CursorTooOld
        rows = tables.commands
        here = (rows.c.store_id == store_id) & (rows.c.cursor > cursor)
        found = self._connection.execute(select(rows).where(here).order_by(rows.c.cursor).limit(limit))
        return [
            Command(
                cursor=row.cursor,
                id=row.id,
                type=row.type,
                version=row.version,
                visit=row.visit,
                data=row.data,
                created_at=row.created_at,
                expires_at=row.expires_at,
            )
            for row in found
        ]

    def acknowledge(self, store_id: str, cursor: int) -> None:
        """The showroom has everything up to `cursor`."""
        cursors = tables.store_cursors
        here = (cursors.c.store_id == store_id) & (cursors.c.acked < cursor) & (cursors.c.last >= cursor)
        self._connection.execute(update(cursors).where(here).values(acked=cursor))

    def last_cursor(self, store_id: str) -> int:
        return self._marks(store_id)[0]

    def acked(self, store_id: str) -> int:
        cursors = tables.store_cursors
        return int(self._connection.execute(select(cursors.c.acked).where(cursors.c.store_id == store_id)).scalar_one())

    def lags(self) -> list[int]:
        """How many commands each store has not yet acknowledged."""
        cursors = tables.store_cursors
        return [int(lag) for (lag,) in self._connection.execute(select(cursors.c.last - cursors.c.acked))]

    def forget_old(self, now: datetime) -> int:
        """Drop what was acknowledged a day ago, and anything older than a week."""
        rows, cursors, gone = tables.commands, tables.store_cursors, 0
        for store in self._connection.execute(select(cursors)).all():
            here = rows.c.store_id == store.store_id
            read = (rows.c.cursor <= store.acked) & (rows.c.created_at < now - KEPT_AFTER_ACK)
            old = here & (read | (rows.c.created_at < now - KEPT_AT_MOST))
            newest = self._connection.execute(select(func.max(rows.c.cursor)).where(old)).scalar_one()
            if newest is not None:
                gone += self._connection.execute(delete(rows).where(here, rows.c.cursor <= newest)).rowcount
                mine = cursors.c.store_id == store.store_id
                self._connection.execute(update(cursors).where(mine).values(dropped=newest))
        return gone

    def _marks(self, store_id: str) -> tuple[int, int]:
        cursors = tables.store_cursors
        row = self._connection.execute(select(cursors).where(cursors.c.store_id == store_id)).one()
        return int(row.last), int(row.dropped)
