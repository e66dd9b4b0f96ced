"""The border: errors of SQLAlchemy and the drivers become the showroom's own."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from smart4s_kiosk.domain.errors import ShowroomError, Unavailable, VersionConflict
from smart4s_kiosk.ports.storage import UnitOfWorkMisused

_SQLITE_FULL, _SQLITE_IOERR, _SQLITE_READONLY = 13, 10, 8
_SQLITE_BUSY, _SQLITE_LOCKED, _SQLITE_CANTOPEN, _SQLITE_CORRUPT, _SQLITE_NOTADB = 5, 6, 14, 11, 26
_SQLITE_CONSTRAINT = 19
_READ_ONLY = "25006"
_HOPELESS = ("28", "3D", "42501")
"""SQLSTATEs (or their beginnings) that waiting does not heal: wrong password, no such database, no right."""
_AWAY = ("08", "40", "53", "55P03", "57", "25P03")
"""Connection lost, deadlock, resources, lock not available, server shutting down, cut off while idle."""


class StatementRefused(RuntimeError):
    """The database refused a statement that should never have been sent; names tables and columns, never values."""


@contextmanager
def translated() -> Iterator[None]:
    """Runs a block at the edge of the database; what it raises is ours or a bug."""
    try:
        yield
    except PoolTimeout as error:
        raise Unavailable("database", reason="all connections are busy") from error
    except DBAPIError as error:
        ours = _ours(error)
        if ours is not None:
            raise ours from error
        # A bug. PostgreSQL's own words quote the failing row, and what is raised here ends up in the log.
        raise StatementRefused(_without_values(error.orig)) from None


def of_sqlite(driver: BaseException) -> ShowroomError | None:
    """What an error of SQLCipher's own means; None when it is a bug."""
    primary = (getattr(driver, "sqlite_errorcode", None) or 0) & 0xFF
    words = str(driver)
    # The backup API reports no number, only words.
    if primary == _SQLITE_FULL or "disk is full" in words:
        return Unavailable("disk", reason="full")
    if primary == _SQLITE_IOERR or "disk I/O error" in words:
        return Unavailable("disk", reason="input/output error")
    if primary in {_SQLITE_BUSY, _SQLITE_LOCKED}:
        return Unavailable("database", reason="busy")
    if primary == _SQLITE_READONLY:
        return Unavailable("disk", waiting_helps=False, reason="read-only")
    if primary in {_SQLITE_CORRUPT, _SQLITE_NOTADB}:
        return Unavailable("database", waiting_helps=False, reason="not opened by this key, or damaged")
    if primary == _SQLITE_CANTOPEN:
        return Unavailable("database", waiting_helps=False, reason="cannot be opened")
    if primary == _SQLITE_CONSTRAINT and words.startswith("UNIQUE "):
        # SQLite's words hold names of columns, never values.
        return VersionConflict(constraint=words.rpartition(": ")[2])
    return None


def _ours(error: DBAPIError) -> ShowroomError | UnitOfWorkMisused | None:
    driver = error.orig
    if driver is None:
        return None
    if isinstance(driver, sqlcipher.Error):
        return of_sqlite(driver)
    state = getattr(driver, "sqlstate", None)
    if state is not None:
        return _from_postgres(str(state))
    # psycopg names no state when there is no server to name one.
    return None if isinstance(error, IntegrityError) else Unavailable("database", reason=type(driver).__name__)


def _from_postgres(state: str) -> ShowroomError | UnitOfWorkMisused | None:
    if state == "53100":
        return Unavailable("disk", reason="full")
    if state == "23505":
        return VersionConflict(constraint=state)
    if state == _READ_ONLY:
        return UnitOfWorkMisused("a change inside look()")
    if state.startswith(_HOPELESS):
        return Unavailable("database", waiting_helps=False, reason=state)
    if state.startswith(_AWAY):
        return Unavailable("database", reason=state)
    return None


def _without_values(driver: BaseException | None) -> str:
    if isinstance(driver, sqlcipher.Error):
        return f"{type(driver).__name__}: {driver}"
    about = getattr(driver, "diag", None)
    names = (getattr(about, name, None) for name in ("sqlstate", "table_name", "column_name", "constraint_name"))
    return " ".join([type(driver).__name__, *(name for name in names if name)])
