"""Check of the database: there, ours, of this version."""

from collections.abc import Callable, Iterator

from smart4s_kiosk.app.health import Finding, Level
from smart4s_kiosk.domain.errors import ShowroomError
from smart4s_kiosk.ports.vault import StoreKeyMissing

_BY_CODE = {
    "storage.schema_too_old": Finding("database.needs_migration", Level.BROKEN),
    "storage.schema_too_new": Finding("database.newer", Level.BROKEN),
    StoreKeyMissing.code: Finding("database.unreadable", Level.BROKEN),
}


def check_database(touch: Callable[[], None], *, is_server: bool, exists: bool) -> Iterator[Finding]:
    """`touch` opens the database, reads its version and closes it; `exists` says whether an embedded one was made."""
    if not exists:
        yield Finding("database.none_yet", Level.ADVICE)
        return
    try:
        touch()
    except ShowroomError as refusal:
        unreachable = "database.away" if is_server else "database.unreadable"
        yield _BY_CODE.get(refusal.code, Finding(unreachable, Level.BROKEN))
    else:
        yield Finding("database.good", Level.GOOD)
