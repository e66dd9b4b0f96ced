"""Checks of the records: the database is there, ours and of this version; and when something was last written down."""

from collections.abc import Callable, Iterator
from datetime import datetime

from smart4s_kiosk.app.health import Finding, Level
from smart4s_kiosk.domain.errors import ShowroomError, Unavailable
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.vault import StoreKeyMissing
from smart4s_kiosk.services import clock_trust
from smart4s_kiosk.storage import schema
from smart4s_kiosk.storage.open import DatabasePlace
from smart4s_kiosk.storage.unit_of_work import SqlStorage

_BY_CODE = {
    schema.SchemaTooOld.code: Finding("database.needs_migration", Level.BROKEN),
    schema.SchemaTooNew.code: Finding("database.newer", Level.BROKEN),
    StoreKeyMissing.code: Finding("database.unreadable", Level.BROKEN),
}


def check_database(find: Callable[[], DatabasePlace]) -> Iterator[Finding]:
    """`find` opens the vault and says where the database is; then its version is read."""
    try:
        place = find()
    except ShowroomError:
        yield Finding("database.no_keys", Level.BROKEN)
        return
    if not is_there(place):
        yield Finding("database.none_yet", Level.ADVICE)
        return
    yield finding_of(lambda: _read_version(place), is_server=bool(place.url))


def finding_of(touch: Callable[[], None], *, is_server: bool) -> Finding:
    """What opening the database says about it."""
    try:
        touch()
    except ShowroomError as refusal:
        has_no_disk = isinstance(refusal, Unavailable) and refusal.what == "disk"
        unreachable = "database.away" if is_server else "database.no_disk" if has_no_disk else "database.unreadable"
        return _BY_CODE.get(refusal.code, Finding(unreachable, Level.BROKEN))
    return Finding("database.good", Level.GOOD)


def newest_record(place: DatabasePlace, clock: Clock) -> datetime | None:
    """When something was last written down: the last seal or the newest visit. None when that cannot be read."""
    if not is_there(place):
        return None
    database = place.database()
    try:
        with SqlStorage(database, _Nobody(), clock).look() as view:
            return clock_trust.newest_record(view, clock.now())
    except ShowroomError:
        return None
    finally:
        database.close()


def database_time(place: DatabasePlace, clock: Clock) -> datetime | None:
    """The clock of the database's machine, by which a store of several terminals goes. None when it cannot be asked."""
    if not place.url:
        return None
    database = place.database()
    try:
        return SqlStorage(database, _Nobody(), clock).server_time()
    except ShowroomError:
        return None
    finally:
        database.close()


def is_there(place: DatabasePlace) -> bool:
    """Whether there is a database to ask: looking at one that was not made yet would make it."""
    return bool(place.url) or (place.file.exists() and place.file.stat().st_size > 0)


def _read_version(place: DatabasePlace) -> None:
    database = place.database()
    try:
        schema.must_be_current(database)
    finally:
        database.close()


class _Nobody:
    """Hears announcements of a database that is only looked at."""

    def announce(self, announcement: Announcement) -> None:
        """Nothing is announced by looking."""
