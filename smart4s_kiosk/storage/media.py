"""Photos, signatures and PDFs: sealed files named by the SHA-256 of their plain content."""

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from smart4s_kiosk.domain.errors import NotFound
from smart4s_kiosk.domain.ids import MediaHash
from smart4s_kiosk.ports.vault import MediaSealer, SealBroken
from smart4s_kiosk.storage.files import disk_errors, write_whole

_A_HASH = re.compile(r"[0-9a-f]{64}")


class MediaFiles:
    """A folder of sealed files, spread over 256 subfolders."""

    def __init__(self, folder: Path, sealer: MediaSealer) -> None:
        self._folder = folder
        self._sealer = sealer

    def put(self, content: bytes) -> MediaHash:
        """Keep `content`; the same content is kept once. `Unavailable("disk")` when the disk is full."""
        media_hash = MediaHash(hashlib.sha256(content).hexdigest())
        path = self._path(media_hash)
        if not path.exists():
            write_whole(path, self._sealer.seal(media_hash, content))
            return media_hash
        with disk_errors():
            path.touch()  # in use again: see `older_than`
        return media_hash

    def get(self, media_hash: MediaHash) -> bytes:
        """The plain content; `NotFound`, or `Unavailable` when it cannot be read or was tampered with."""
        with disk_errors():
            try:
                sealed = self._path(media_hash).read_bytes()
            except FileNotFoundError as error:
                raise NotFound(concept="media", id=media_hash) from error
        content = self._sealer.open(media_hash, sealed)
        if hashlib.sha256(content).hexdigest() != media_hash:
            raise SealBroken("media", waiting_helps=False, id=media_hash)
        return content

    def remove(self, media_hash: MediaHash) -> None:
        """Gone; nothing happens when it was not there."""
        with disk_errors():
            self._path(media_hash).unlink(missing_ok=True)

    def older_than(self, moment: datetime) -> Sequence[MediaHash]:
        """What this folder has held since before `moment`, by the files' own times."""
        with disk_errors():
            there = [path for path in self._folder.glob("??/*") if _A_HASH.fullmatch(path.name)]
            return [MediaHash(path.name) for path in sorted(there) if path.stat().st_mtime < moment.timestamp()]

    def _path(self, media_hash: MediaHash) -> Path:
        if not _A_HASH.fullmatch(media_hash):
            raise NotFound(concept="media", id=media_hash)
        return self._folder / media_hash[:2] / media_hash
