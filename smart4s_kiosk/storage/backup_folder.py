"""A backup is a folder: the database and the media files of one moment, both still encrypted. Never the person keys.

Media files never change, so one that the backup before has already is linked, not copied (where the disk can).
"""

import os
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from smart4s_kiosk.domain.errors import NotFound, Unavailable
from smart4s_kiosk.storage import open as opening
from smart4s_kiosk.storage.files import disk_errors, sync_folder
from smart4s_kiosk.storage.open import DatabasePlace

DATABASE, MEDIA = "showroom.db", "media"
UNFINISHED = ".part"
_NAME = "%Y%m%dT%H%M%SZ"


def newest_backup(folder: Path) -> Path | None:
    """The newest complete backup in `folder`."""
    return max(backups_in(folder), default=None)


def backups_in(folder: Path) -> list[Path]:
    """Complete backups, oldest first."""
    with disk_errors():
        there = sorted(folder.iterdir()) if folder.is_dir() else []
    return [one for one in there if made_at(one) is not None]


def made_at(backup: Path) -> datetime | None:
    """When a backup was made, by its name; None for anything else."""
    try:
        return datetime.strptime(backup.name, _NAME).replace(tzinfo=UTC)
    except ValueError:
        return None


def make_backup(place: DatabasePlace, media: Path, folder: Path, now: datetime) -> Path:
    """A new backup in `folder`. It gets its name when it is complete; what another run left half done goes away.

    On PostgreSQL it holds the media files only: `pg_dump` is the administrator's. Raises `Unavailable`.
    """
    before, name = newest_backup(folder), f"{now.astimezone(UTC):{_NAME}}"
    draft = folder / f"{name}{UNFINISHED}"
    with disk_errors():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for left in folder.glob(f"*{UNFINISHED}"):
            shutil.rmtree(left, ignore_errors=True)
        draft.mkdir(mode=0o700)
    try:
        # The rows first: a file that comes later is in the next backup, a row never points to a file that is missing.
        if not place.url:
            opening.back_up(place, draft / DATABASE)
        with disk_errors():
            _copy_media(media, draft / MEDIA, before / MEDIA if before else None)
            draft.replace(folder / name)
            sync_folder(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return folder / name


def thin_out(folder: Path, keep: int) -> int:
    """Remove the oldest backups beyond `keep`; how many."""
    old = backups_in(folder)[:-keep]
    with disk_errors():
        for backup in old:
            shutil.rmtree(backup)
    return len(old)


def restore_backup(backup: Path, place: DatabasePlace, media: Path) -> Path | None:
    """Put a backup's database and media in place; no process may have the database open.

    Answers where the database that lay there was put aside. A media file that is there already stays: it is the same.
    """
    copy = backup / DATABASE
    if not copy.is_file():
        raise NotFound(concept="backups", file=backup.name)
    aside = opening.restore(place, copy)
    with disk_errors():
        _copy_media(backup / MEDIA, media, None)
    return aside


def _copy_media(source: Path, target: Path, before: Path | None) -> None:
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    for file in sorted(source.glob("??/*")) if source.is_dir() else []:
        part = file.relative_to(source)
        here = target / part
        if here.exists() or file.suffix == UNFINISHED:
            continue
        here.parent.mkdir(exist_ok=True, mode=0o700)
        with suppress(FileNotFoundError):  # Forgotten while the backup was being made.
            _link_or_copy(file, here, before / part if before else None)


def _link_or_copy(file: Path, here: Path, before: Path | None) -> None:
    if before is not None and before.is_file():
        try:
            os.link(before, here)
        except OSError:  # A disk without links (FAT on a stick) gets a copy.
            pass
        else:
            return
    draft = here.with_name(f"{here.name}{UNFINISHED}")
    shutil.copy2(file, draft)  # with its time: what is old stays old
    draft.chmod(0o600)
    draft.replace(here)


def must_have_folder(folder: Path | None) -> Path:
    """The folder of the settings; `Unavailable` where none is set."""
    if folder is None:
        raise Unavailable("backup", waiting_helps=False, reason="no folder")
    return folder
