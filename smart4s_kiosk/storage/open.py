"""Opens, migrates, backs up and restores the showroom's database: what `app` and the commands call."""

from dataclasses import dataclass
from pathlib import Path

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.ports.announcer import Announcer
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.storage import backup, schema
from smart4s_kiosk.storage.announcements import AnnouncementFeed
from smart4s_kiosk.storage.database import Database, PostgresDatabase, SqlcipherDatabase, SqlcipherFile
from smart4s_kiosk.storage.unit_of_work import SqlStorage


@dataclass(frozen=True, slots=True)
class DatabasePlace:
    """Where the showroom's database is: PostgreSQL when there is an address, else the encrypted file."""

    url: str | None
    """`postgresql+psycopg://user:password@host/name`."""
    file: Path
    key: bytes
    """32 bytes; used for the file only."""

    def __repr__(self) -> str:
        return f"DatabasePlace({'PostgreSQL' if self.url else self.file})"

    def database(self) -> Database:
        """Engines for it; nothing is opened yet."""
        if self.url:
            return PostgresDatabase(self.url)
        file = SqlcipherFile(self.file, self.key)
        file.make_private()
        return SqlcipherDatabase(file)


@dataclass(frozen=True, slots=True)
class OpenStorage:
    """The showroom's storage, and the loop that hears what other processes announce."""

    storage: SqlStorage
    feed: AnnouncementFeed
    """`feed.run(stop)` is a worker's loop."""


def open_storage(place: DatabasePlace, *, announcer: Announcer, clock: Clock) -> OpenStorage:
    """Open a migrated database. `SchemaTooOld`, `SchemaTooNew` or another `Unavailable` when that cannot be."""
    database = place.database()
    schema.must_be_current(database)
    storage = SqlStorage(database, announcer, clock)
    feed = AnnouncementFeed(storage, announcer, clock)
    feed.catch_up()
    return OpenStorage(storage, feed)


def migrate(place: DatabasePlace, *, backups: Path, clock: Clock) -> Path | None:
    """Bring the database to this version's tables; safe when several processes start at once.

    An embedded database that holds something is copied into `backups` first; answers that copy's path, or None when
    nothing was copied. A PostgreSQL database is the administrator's to back up.
    """
    database = place.database()
    try:
        before = schema.revision_of(database)
        if not schema.is_behind(before):
            return None
        copy = None
        if before is not None and isinstance(database, SqlcipherDatabase):
            copy = backups / f"{clock.now():%Y%m%dT%H%M%SZ}-before-{schema.newest_revision()}.db"
            backup.back_up(database.file, copy)
        schema.upgrade(database)
        return copy
    finally:
        database.close()


def back_up(place: DatabasePlace, to: Path) -> None:
    """Copy the embedded database while it is in use. `Unavailable` for PostgreSQL: its own tools do that."""
    _must_be_a_file(place)
    backup.back_up(SqlcipherFile(place.file, place.key), to)


def restore(place: DatabasePlace, copy: Path) -> Path | None:
    """Put a backup in the place of the embedded database; answers where the old one was put aside."""
    _must_be_a_file(place)
    return backup.restore(SqlcipherFile(copy, place.key), SqlcipherFile(place.file, place.key))


def _must_be_a_file(place: DatabasePlace) -> None:
    if place.url:
        raise Unavailable("backup", waiting_helps=False, reason="PostgreSQL is backed up with pg_dump")
