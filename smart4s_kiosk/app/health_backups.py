"""Whether there is a backup that is young enough."""

from collections.abc import Iterator
from datetime import timedelta

from smart4s_kiosk.app.health import Finding, Level
from smart4s_kiosk.app.settings import BackupSettings
from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.storage.backup_folder import made_at, newest_backup

OLD = timedelta(days=3)
"""A weekend with the power off is no alarm."""


def check_backups(settings: BackupSettings, clock: Clock) -> Iterator[Finding]:
    """The age of the newest complete backup."""
    if settings.folder is None:
        yield Finding("backup.no_folder", Level.WARNING)
        return
    facts: dict[str, object] = {"folder": settings.folder}
    try:
        newest = newest_backup(settings.folder)
    except Unavailable:
        yield Finding("backup.away", Level.WARNING, facts)
        return
    made = made_at(newest) if newest else None
    if made is None:
        yield Finding("backup.none_yet", Level.ADVICE, facts)
        return
    age = clock.now() - made
    if age >= OLD:
        yield Finding("backup.old", Level.WARNING, facts | {"days": age.days})
    else:
        yield Finding("backup.good", Level.GOOD, facts | {"hours": max(0, round(age.total_seconds() / 3600))})
