"""Backups of this terminal: one a day into the folder of the settings, the oldest beyond the wanted number removed."""

from datetime import timedelta
from pathlib import Path

from smart4s_kiosk.app.settings import BackupSettings
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.storage.backup_folder import made_at, make_backup, newest_backup, thin_out
from smart4s_kiosk.storage.open import DatabasePlace

EVERY = timedelta(hours=20)
"""The job looks every few hours: so a backup is made once a day, also where the power goes off at night."""


class Backups:
    """The daily job."""

    def __init__(self, place: DatabasePlace, media: Path, settings: BackupSettings, clock: Clock) -> None:
        self._place, self._media, self._settings, self._clock = place, media, settings, clock

    def make_daily(self) -> int:
        """A backup when the newest is a day old; how many old ones were removed."""
        folder = self._settings.folder
        if folder is None:
            return 0
        newest = newest_backup(folder)
        made = made_at(newest) if newest else None
        now = self._clock.now()
        if made is not None and timedelta(0) <= now - made < EVERY:
            return 0
        make_backup(self._place, self._media, folder, now)
        return thin_out(folder, self._settings.keep)
