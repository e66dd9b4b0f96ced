"""Photos and papers in a dictionary."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from smart4s_kiosk.domain.errors import NotFound
from smart4s_kiosk.domain.ids import MediaHash


@dataclass
class FakeMedia:
    """Media in a dictionary."""

    files: dict[MediaHash, bytes] = field(default_factory=dict)
    fail_with: Exception | None = None
    today: datetime = datetime(2026, 11, 1, tzinfo=UTC)
    """When whatever is put from now on is put."""
    put_at: dict[MediaHash, datetime] = field(default_factory=dict)

    def put(self, content: bytes) -> MediaHash:
        if self.fail_with is not None:
            raise self.fail_with
        media_hash = MediaHash(hashlib.sha256(content).hexdigest())
        self.files[media_hash] = content
        self.put_at.setdefault(media_hash, self.today)
        return media_hash

    def get(self, media_hash: MediaHash) -> bytes:
        if self.fail_with is not None:
            raise self.fail_with
        if media_hash not in self.files:
            raise NotFound(concept="media", id=media_hash)
        return self.files[media_hash]

    def remove(self, media_hash: MediaHash) -> None:
        self.files.pop(media_hash, None)
        self.put_at.pop(media_hash, None)

    def older_than(self, moment: datetime) -> Sequence[MediaHash]:
        return sorted(media_hash for media_hash, at in self.put_at.items() if at < moment)
