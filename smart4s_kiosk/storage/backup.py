"""Online copies of the embedded database, and the way back. Copies are encrypted with the same key.

PostgreSQL is backed up with its own tools (`pg_dump`), which is the administrator's business.
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from smart4s_kiosk.domain.errors import NotFound, Unavailable
from smart4s_kiosk.storage.border import of_sqlite
from smart4s_kiosk.storage.database import SqlcipherFile
from smart4s_kiosk.storage.files import disk_errors, sync_folder

_PAGES_AT_ONCE = 256


class BackupDamaged(Unavailable):
    """The backup cannot be read with this key, or is damaged."""

    code = "storage.backup_damaged"


def back_up(file: SqlcipherFile, to: Path) -> None:
    """Copy the database to `to` while others go on writing; checked before it gets its name.

    Raises `Unavailable("disk")` when there is no room; an older file at `to` stays until the new one is complete.
    """
    if not file.path.exists():
        raise NotFound(concept="databases", file=file.path.name)
    draft = SqlcipherFile(to.with_name(to.name + ".part"), file.key)
    draft.path.unlink(missing_ok=True)
    draft.make_private()
    try:
        with _driver_errors(), closing(file.connect()) as source, closing(_plain_connect(draft)) as target:
            source.backup(target, pages=_PAGES_AT_ONCE)
        check(draft)
        with disk_errors():
            _sync_file(draft.path)
            draft.path.replace(to)
            sync_folder(to.parent)
    finally:
        for leftover in _with_companions(draft.path):
            leftover.unlink(missing_ok=True)


def check(file: SqlcipherFile) -> None:
    """Every page authentic under the key, every index in step with its table; `BackupDamaged` otherwise."""
    if not file.path.exists():
        raise NotFound(concept="backups", file=file.path.name)
    try:
        with closing(_plain_connect(file)) as connection:
            forged = connection.execute("PRAGMA cipher_integrity_check").fetchall()
            verdict = connection.execute("PRAGMA integrity_check").fetchall()
    except sqlcipher.DatabaseError as error:
        raise BackupDamaged("backup", waiting_helps=False, file=file.path.name) from error
    if forged or verdict != [("ok",)]:
        raise BackupDamaged("backup", waiting_helps=False, file=file.path.name)


def restore(backup: SqlcipherFile, to: SqlcipherFile) -> Path | None:
    """Put a checked copy of `backup` in the place of `to`; no process may have `to` open.

    Answers where the database that lay there was put aside, or None when there was none.
    """
    check(backup)
    fresh = SqlcipherFile(to.path.with_name(to.path.name + ".restored"), to.key)
    back_up(backup, fresh.path)
    aside = to.path.with_name(to.path.name + ".before-restore") if to.path.exists() else None
    if aside is not None:
        _move_aside(to, aside)
    fresh.path.replace(to.path)
    sync_folder(to.path.parent)
    return aside


def _move_aside(file: SqlcipherFile, aside: Path) -> None:
    # What stands in the WAL belongs to the old database: it goes along, and must never meet the restored one.
    for suffix in ("", "-wal", "-shm"):
        Path(f"{aside}{suffix}").unlink(missing_ok=True)
        with suppress(FileNotFoundError):
            Path(f"{file.path}{suffix}").replace(f"{aside}{suffix}")


def _plain_connect(file: SqlcipherFile) -> Any:
    """Keyed, and otherwise as it comes: opening a copy must not turn it into WAL mode."""
    connection = sqlcipher.connect(str(file.path), isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
    connection.execute(f"PRAGMA key = \"x'{file.key.hex()}'\"")
    return connection


@contextmanager
def _driver_errors() -> Iterator[None]:
    try:
        yield
    except sqlcipher.Error as error:
        raise of_sqlite(error) or Unavailable("database", reason=type(error).__name__) from error


def _sync_file(path: Path) -> None:
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())


def _with_companions(path: Path) -> list[Path]:
    return [Path(f"{path}{suffix}") for suffix in ("", "-wal", "-shm", "-journal")]
