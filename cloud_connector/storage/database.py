"""Opens SQLite or PostgreSQL, and turns one transaction into one piece of work."""

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from cloud_connector.storage.work import Work

log = logging.getLogger(__name__)
BUSY_S = 5
TURN_S = 30.0
"""How long a writer waits for the other writers of its own process, each of which has `BUSY_S`."""
Wake = Callable[[str, str], None]


class DatabaseAway(Exception):
    """The database does not answer, is busy for too long, or took the side of somebody else in a deadlock."""


class Database:
    """The connector's database. Thread-safe; a piece of work never leaves its thread."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        self._listeners: list[Wake] = []
        self._writing = threading.Lock()

    @property
    def is_postgres(self) -> bool:
        return self.engine.dialect.name == "postgresql"

    def on_commit(self, listener: Wake) -> None:
        """Be told (channel, key) after each commit that woke somebody: "inbox" and a store, or "work" and nothing."""
        self._listeners.append(listener)

    def announce(self, channel: str, key: str) -> None:
        """Tell this process's listeners; used after commits here and for NOTIFYs from other processes."""
        for listener in self._listeners:
            listener(channel, key)

    @contextlib.contextmanager
    def begin(self) -> Iterator[Work]:
        """One changing transaction; leaving without an error commits.

        Raises:
            DatabaseAway: nothing was changed and repeating may help.

        """
        with translated():
            with self._one_writer(), self.engine.connect() as connection, connection.begin():
                work = Work(connection)
                yield work
                for channel, key in sorted(work.woken):
                    _notify(connection, channel, key)
            woken = sorted(work.woken)
        for channel, key in woken:
            self.announce(channel, key)

    @contextlib.contextmanager
    def _one_writer(self) -> Iterator[None]:
        """On SQLite the writers of this process take turns: left to poll for its lock, one with bad luck starves."""
        if self.is_postgres:
            yield
            return
        if not self._writing.acquire(timeout=TURN_S):
            raise DatabaseAway("busy")
        try:
            yield
        finally:
            self._writing.release()

    @contextlib.contextmanager
    def look(self) -> Iterator[Work]:
        """One reading transaction."""
        with translated(), self.engine.connect().execution_options(reading=True) as connection, connection.begin():
            yield Work(connection)

    def close(self) -> None:
        self.engine.dispose()


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Turns "cannot be reached", "cannot be opened" and "is no database" into `DatabaseAway`."""
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeout, OSError) as away:
        raise DatabaseAway(type(away).__name__) from away
    except DatabaseError as broken:
        if type(broken) is not DatabaseError:  # its other kinds are bugs of ours
            raise
        raise DatabaseAway(type(broken).__name__) from broken


def _notify(connection: Connection, channel: str, key: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_notify(:channel, :key)"), {"channel": channel, "key": key})


def _engine(url: str) -> Engine:
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        return create_engine(
            address, pool_size=10, max_overflow=20, pool_pre_ping=True, connect_args={"connect_timeout": BUSY_S}
        )
    if address.database:
        with translated():
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, connect_args={"timeout": BUSY_S}, pool_size=10, max_overflow=20)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    """Changing transactions begin immediate: with the default start two readers that then write lose one update."""
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
