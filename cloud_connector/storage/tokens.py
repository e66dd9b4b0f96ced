"""The access token of one app in the database: each step its own short transaction, none held over a call to WeCom."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, select, update

from cloud_connector.storage import tables
from cloud_connector.storage.database import Database
from cloud_connector.storage.statements import insert_once

T = TypeVar("T")


class DatabaseTokenShelf(Generic[T]):
    """Where all processes keep one app's token. A changed secret forgets the old token and the stop.

    `make` builds what the caller calls a token out of value, end and the code that stopped the app.
    """

    def __init__(
        self,
        database: Database,
        *,
        corp_id: str,
        agent_id: str,
        secret: str,
        make: Callable[[str, datetime | None, int | None], T],
    ) -> None:
        self._database = database
        self._corp_id, self._agent_id = corp_id, agent_id
        self._print = hashlib.sha256(f"{corp_id}|{agent_id}|{secret}".encode()).hexdigest()
        self._make = make
        self._open()

    def read(self) -> T:
        with self._database.look() as work:
            row = work.connection.execute(select(tables.tokens).where(self._here())).one()
        return self._make(row.value, row.expires_at, row.stopped)

    def claim(self, now: datetime, until: datetime) -> bool:
        rows = tables.tokens
        free = rows.c.claimed_until.is_(None) | (rows.c.claimed_until <= now)
        with self._database.begin() as work:
            claim = update(rows).where(self._here() & free).values(claimed_until=until)
            return work.connection.execute(claim).rowcount == 1

    def store(self, value: str, expires_at: datetime) -> None:
        self._set(value=value, expires_at=expires_at, claimed_until=None, stopped=None)

    def stop(self, code: int) -> None:
        self._set(value="", expires_at=None, claimed_until=None, stopped=code)

    def release(self) -> None:
        self._set(claimed_until=None)

    def _open(self) -> None:
        nothing = {"value": "", "expires_at": None, "claimed_until": None, "stopped": None}
        with self._database.begin() as work:
            key = {"corp_id": self._corp_id, "agent_id": self._agent_id}
            if not insert_once(work.connection, tables.tokens, **key, secret_print=self._print, value=""):
                changed = self._here() & (tables.tokens.c.secret_print != self._print)
                reset = update(tables.tokens).where(changed).values(secret_print=self._print, **nothing)
                work.connection.execute(reset)

    def _set(self, **values: str | datetime | int | None) -> None:
        with self._database.begin() as work:
            work.connection.execute(update(tables.tokens).where(self._here()).values(**values))

    def _here(self) -> ColumnElement[bool]:
        return (tables.tokens.c.corp_id == self._corp_id) & (tables.tokens.c.agent_id == self._agent_id)
