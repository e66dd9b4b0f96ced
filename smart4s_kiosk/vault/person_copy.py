"""The one newest copy of the person-key file, on another disk: it forgets whom the file forgets."""

import logging
import os
from enum import Enum
from pathlib import Path

from smart4s_kiosk.ports.vault import KeyFileDamaged
from smart4s_kiosk.vault import files
from smart4s_kiosk.vault.person_records import HEADER_BYTES, Pages, RecordBook

COPY_NAME = "person_keys.copy"
_log = logging.getLogger(__name__)


class CopyState(Enum):
    """What the copy is worth."""

    NONE = "none"
    """No folder is set for it: when this disk dies, every sealed value is lost."""
    FRESH = "fresh"
    STALE = "stale"
    """Behind: it misses newer keys, or still has keys of people who were forgotten."""
    AWAY = "away"
    """Its folder cannot be reached; it is brought up to date when it can."""


class PersonKeyCopy:
    """Never two copies and never an older one: it is rewritten in place. A copy that is away stops nobody."""

    def __init__(self, folder: Path, book: RecordBook) -> None:
        self.place = folder / COPY_NAME
        self._book = book

    def state(self, pages: Pages, source: Path) -> CopyState:
        """Compared with what `source` holds now."""
        try:
            if not self.place.parent.is_dir():
                return CopyState.AWAY
            if not self.place.exists():
                return CopyState.STALE
            with self.place.open("rb") as file:
                same = self._book.generation_of(file.read(HEADER_BYTES)) == pages.generation
            whole = self.place.stat().st_size >= min(pages.end, source.stat().st_size)
        except KeyFileDamaged:
            return CopyState.STALE
        except OSError:
            return CopyState.AWAY
        return CopyState.FRESH if same and whole else CopyState.STALE

    def append(self, source: Path, end: int, record: bytes) -> None:
        """Add one record if the copy ended where the file did; else copy it whole. Only under the writers' lock."""
        try:
            with self.place.open("r+b") as copy, source.open("rb") as file:
                follows = copy.read(HEADER_BYTES) == file.read(HEADER_BYTES)
                if follows and copy.seek(0, os.SEEK_END) == end:
                    copy.write(record)
                    copy.flush()
                    os.fsync(copy.fileno())
                    return
        except FileNotFoundError:
            pass
        except OSError:
            _log.warning("person key copy away", extra={"action": "vault.copy_away"})
            return
        self.write(source)

    def write(self, source: Path) -> None:
        """Copy the whole file and overwrite the copy before it. Only under the writers' lock."""
        older = self.place.with_name(f"{COPY_NAME}.old")
        try:
            if not self.place.parent.is_dir():
                raise FileNotFoundError(self.place.parent)
            fresh = self.place.with_name(f"{COPY_NAME}.new")
            files.overwrite_and_remove(fresh)
            files.overwrite_and_remove(older)
            files.write_and_sync(fresh, source.read_bytes())
            if self.place.exists():
                files.replace_patiently(self.place, older)
            files.replace_patiently(fresh, self.place)
            files.sync_folder(self.place.parent)
            files.overwrite_and_remove(older)
        except OSError:
            _log.warning("person key copy away", extra={"action": "vault.copy_away"})
