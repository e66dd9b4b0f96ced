"""Engines for SQLCipher and PostgreSQL, and how a transaction begins on each.

Changing transactions of all processes run one after another: on SQLite because they begin immediate, on PostgreSQL
because each first takes the same advisory lock (ADR 0012). A service that was proven on one is right on the other.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, text

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.storage.border import translated
from smart4s_kiosk.storage.transaction import Transaction

BUSY_S = 5
"""How long a writer waits for another before it gives up with `Unavailable`."""
_WRITER_LOCK = 0x5334_4B49_4F53_4B
""""S4KIOSK": the advisory lock of the one writer."""
_POSTGRES_OPTIONS = {
    "timezone": "UTC",
    "statement_timeout": "30s",
    # A terminal that freezes in the middle of a unit of work must not hold up the others.
    "idle_in_transaction_session_timeout": "10s",
}


@dataclass(frozen=True, slots=True)
class SqlcipherFile:
    """Where the embedded database lies and the 32 bytes that open it."""

    path: Path
    key: bytes
    busy_s: float = BUSY_S

    def __repr__(self) -> str:
        return f"SqlcipherFile({self.path})"

    def connect(self) -> Any:
        """A connection of the driver, keyed and set up; begins nothing by itself."""
        connection = sqlcipher.connect(
            str(self.path), timeout=self.busy_s, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        try:
            # Its own lines on the error stream tell a person nothing that our error does not.
            connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
            connection.execute(f"PRAGMA key = \"x'{self.key.hex()}'\"")
            for setting in (
                "foreign_keys = ON",
                "secure_delete = ON",
                "temp_store = MEMORY",
                "synchronous = FULL",
                "journal_mode = WAL",
                "journal_size_limit = 67108864",
            ):
                connection.execute(f"PRAGMA {setting}").fetchall()
        except sqlcipher.Error:
            connection.close()
            raise
        return connection

    def make_private(self) -> None:
        """Lay down an empty file that only this user can read; its WAL inherits that."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.path.touch(mode=0o600, exist_ok=True)
        except OSError as error:
            is_full = error.errno in {errno.ENOSPC, errno.EDQUOT}
            why = "full" if is_full else "cannot be written"
            raise Unavailable("disk", waiting_helps=is_full, reason=why) from error


class SqlcipherDatabase:
    """The embedded database: one file for every process of this machine."""

    def __init__(self, file: SqlcipherFile) -> None:
        self.file = file
        self._changing = self._engine("IMMEDIATE", query_only=False)
        self._looking = self._engine("DEFERRED", query_only=True)

    @contextmanager
    def change(self) -> Iterator[Transaction]:
        """Begins immediate: whoever reads in order to write has the write lock already."""
        with _transaction(self._changing, is_changing=True) as transaction:
            yield transaction

    @contextmanager
    def look(self) -> Iterator[Transaction]:
        """Begins deferred with `query_only`: never waits for a writer."""
        with _transaction(self._looking, is_changing=False) as transaction:
            yield transaction

    def close(self) -> None:
        """Give back all connections."""
        self._changing.dispose()
        self._looking.dispose()

    def _engine(self, how: str, *, query_only: bool) -> Engine:
        def connect() -> Any:
            connection = self.file.connect()
            if query_only:
                connection.execute("PRAGMA query_only = ON")
            return connection

        engine = create_engine(
            "sqlite+pysqlite://",
            module=sqlcipher,
            creator=connect,
            poolclass=QueuePool,
            pool_timeout=BUSY_S,
            hide_parameters=True,
        )

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql(f"BEGIN {how}")

        return engine


class PostgresDatabase:
    """The database of a showroom with several machines."""

    def __init__(self, url: str, *, busy_s: float = BUSY_S) -> None:
        self.url = url
        limits = _POSTGRES_OPTIONS | {"lock_timeout": f"{int(busy_s * 1000)}ms"}
        options = " ".join(f"-c {name}={value}" for name, value in limits.items())
        self._engine = create_engine(
            url,
            hide_parameters=True,
            pool_pre_ping=True,
            pool_timeout=BUSY_S,
            connect_args={
                "connect_timeout": BUSY_S,
                "options": options,
                "keepalives_idle": 10,
                "keepalives_interval": 5,
                "keepalives_count": 3,
            },
        )
        self._looking = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @contextmanager
    def change(self) -> Iterator[Transaction]:
        """Takes the writer's lock first, so that everything read afterwards stays true until the commit."""
        with _transaction(self._engine, is_changing=True) as transaction:
            transaction.run(text("SELECT pg_advisory_xact_lock(:lock)").bindparams(lock=_WRITER_LOCK))
            yield transaction

    @contextmanager
    def look(self) -> Iterator[Transaction]:
        """Read-only, on one snapshot."""
        with _transaction(self._looking, is_changing=False) as transaction:
            yield transaction

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()


Database = SqlcipherDatabase | PostgresDatabase
"""One of the two."""


@contextmanager
def _transaction(engine: Engine, *, is_changing: bool) -> Iterator[Transaction]:
    with translated(), engine.connect() as connection, connection.begin():
        transaction = Transaction(connection, is_changing=is_changing)
        try:
            yield transaction
        finally:
            transaction.close()
