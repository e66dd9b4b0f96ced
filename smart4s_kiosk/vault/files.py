"""Files of keys: written whole or not at all, locked between processes, overwritten before they go."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from smart4s_kiosk.domain.errors import ShowroomError, Unavailable
from smart4s_kiosk.ports.clock import Clock

LOCK_LIMIT_S = 5.0
_LOCK_PAUSE_S = 0.01
_REPLACE_TRIES = 100
_OWNER_ONLY = 0o600


def make_private_folder(folder: Path) -> None:
    """Make `folder` and its parents; only the owner may enter the folders that were made."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def write_whole(place: Path, content: bytes) -> None:
    """Write `content` so that after a kill or power cut the file holds either the old or the new content, whole."""
    fresh = place.with_name(place.name + ".new")
    write_and_sync(fresh, content)
    replace_patiently(fresh, place)
    sync_folder(place.parent)


def write_and_sync(place: Path, content: bytes) -> None:
    """Write and hand to the disk; readable by the owner only."""
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _binary(), _OWNER_ONLY), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace_patiently(source: Path, target: Path) -> None:
    """Rename over `target`. Windows refuses while another process reads it, which takes microseconds: try again."""
    for _ in range(_REPLACE_TRIES):
        try:
            source.replace(target)
        except PermissionError:
            if os.name != "nt":
                raise
            threading.Event().wait(_LOCK_PAUSE_S)
        else:
            return
    source.replace(target)


def sync_folder(folder: Path) -> None:
    """Hand a rename to the disk. Windows does that by itself."""
    if sys.platform != "win32":
        entry = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(entry)
        finally:
            os.close(entry)


def overwrite_and_remove(place: Path) -> None:
    """Fill a file with random bytes, then remove it. Best effort: flash and journals may keep what was there."""
    with suppress(FileNotFoundError):
        size = place.stat().st_size
        with suppress(OSError), place.open("r+b") as file:
            file.write(os.urandom(size))
            file.flush()
            os.fsync(file.fileno())
        place.unlink()
        sync_folder(place.parent)


class FileLock:
    """One holder at a time among all threads and processes that name the same file; freed by the system on a kill."""

    def __init__(self, place: Path, clock: Clock, limit_s: float = LOCK_LIMIT_S) -> None:
        self._place = place
        self._clock = clock
        self._limit_s = limit_s

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock. Raises Unavailable when another holder keeps it longer than the limit."""
        with self.held_or(Unavailable("key file lock", waiting_helps=True)):
            yield

    @contextmanager
    def held_or(self, refusal: ShowroomError) -> Iterator[None]:
        """Hold the lock. Raises `refusal` when another holder keeps it longer than the limit."""
        try:
            entry = os.open(self._place, os.O_RDWR | os.O_CREAT | _binary(), _OWNER_ONLY)
        except OSError as error:
            raise Unavailable("key file lock", waiting_helps=True, reason=error.strerror or "") from error
        try:
            if not self._got(entry):
                raise refusal
            try:
                yield
            finally:
                _unlock(entry)
        finally:
            os.close(entry)

    def _got(self, entry: int) -> bool:
        """Whether the lock came within the limit, by the clock and by the number of tries."""
        until = self._clock.monotonic() + self._limit_s
        for _ in range(int(self._limit_s / _LOCK_PAUSE_S) + 1):
            if _try_lock(entry):
                return True
            if self._clock.monotonic() >= until:
                return False
            threading.Event().wait(_LOCK_PAUSE_S)
        return False


if sys.platform == "win32":
    import msvcrt

    def _try_lock(entry: int) -> bool:
        try:
            os.lseek(entry, 0, os.SEEK_SET)
            msvcrt.locking(entry, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(entry: int) -> None:
        os.lseek(entry, 0, os.SEEK_SET)
        msvcrt.locking(entry, msvcrt.LK_UNLCK, 1)

    def _binary() -> int:
        return os.O_BINARY

else:
    import fcntl

    def _try_lock(entry: int) -> bool:
        try:
            fcntl.flock(entry, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(entry: int) -> None:
        fcntl.flock(entry, fcntl.LOCK_UN)

    def _binary() -> int:
        return 0
