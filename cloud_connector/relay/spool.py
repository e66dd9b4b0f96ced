"""Callbacks on disk before they are in the database: WeCom tries three times within 15 s, then an event is gone.

One file per callback, still encrypted; written, synced, and removed once the transaction is committed.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Spooled:
    """A callback as it came."""

    signature: str
    timestamp: str
    nonce: str
    body: str


class Spool:
    """A folder of callbacks that are not yet in the database."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def keep(self, callback: Spooled) -> Path:
        """On disk when this returns; a repeat takes the same file."""
        text = json.dumps(asdict(callback)).encode()
        target = self._folder / f"{hashlib.sha256(text).hexdigest()}.json"
        partial = target.with_suffix(f".{os.getpid()}.part")
        with partial.open("wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
        self._sync_folder()
        return target

    def forget(self, path: Path) -> None:
        """The callback is in the database."""
        with contextlib.suppress(FileNotFoundError):
            path.unlink()

    def waiting(self) -> Iterator[tuple[Path, Spooled]]:
        """What a crash or an absent database left behind, oldest first; unreadable files are put aside."""
        for path in sorted(self._folder.glob("*.json"), key=lambda file: file.stat().st_mtime):
            try:
                yield path, Spooled(**json.loads(path.read_bytes()))
            except (ValueError, TypeError):
                path.replace(path.with_suffix(".broken"))
            except FileNotFoundError:
                continue

    def count(self) -> int:
        """How many wait."""
        return sum(1 for _ in self._folder.glob("*.json"))

    def _sync_folder(self) -> None:
        """Make the new name last, where the system can (Windows cannot open a folder)."""
        with contextlib.suppress(OSError, PermissionError):
            descriptor = os.open(self._folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
