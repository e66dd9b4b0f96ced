"""Photos and papers in a dictionary."""

import hashlib
from dataclasses import dataclass, field

from smart4s_kiosk.domain.errors import NotFound
from smart4s_kiosk.domain.ids import MediaHash


@dataclass
class FakeMedia:
    """Media in a dictionary."""

    files: dict[MediaHash, bytes] = field(default_factory=dict)
    fail_with: Exception | None = None

    def put(self, content: bytes) -> MediaHash:
        if self.fail_with is not None:
            raise self.fail_with
        media_hash = MediaHash(hashlib.sha256(content).hexdigest())
        self.files[media_hash] = content
        return media_hash

    def get(self, media_hash: MediaHash) -> bytes:
        if self.fail_with is not None:
            raise self.fail_with
        if media_hash not in self.files:
            raise NotFound(concept="media", id=media_hash)
        return self.files[media_hash]

    def remove(self, media_hash: MediaHash) -> None:
        self.files.pop(media_hash, None)
