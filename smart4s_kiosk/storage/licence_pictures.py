"""Sealed licence pictures as files whose names say until when they may be kept."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from smart4s_kiosk.domain.ids import AgreementId
from smart4s_kiosk.storage.files import disk_errors, write_whole

_NAME = re.compile(r"(?P<agreement>.+)\.(?P<page>\d+)\.(?P<day>\d{4}-\d{2}-\d{2})")
_SAFE_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")


@dataclass(frozen=True, slots=True)
class _Kept:
    path: Path
    agreement_id: AgreementId
    page: int
    last_day: date


class LicencePictureFiles:
    """A folder; the last day stands in each name, so forgetting needs no database and no key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, agreement_id: AgreementId, sealed: Sequence[bytes], *, last_day: date) -> None:
        """Up to and on the last day; earlier pictures of the agreement are gone."""
        if not _SAFE_ID.fullmatch(agreement_id):
            raise ValueError("an agreement's id is letters, digits, - and _")
        self.remove(agreement_id)
        for page, content in enumerate(sealed):
            write_whole(self._folder / f"{agreement_id}.{page}.{last_day.isoformat()}", content)

    def of(self, agreement_id: AgreementId) -> tuple[bytes, ...]:
        """In the order in which they were kept."""
        own = sorted((one for one in self._all() if one.agreement_id == agreement_id), key=lambda one: one.page)
        with disk_errors():
            return tuple(one.path.read_bytes() for one in own)

    def kept(self) -> Mapping[AgreementId, date]:
        """With the last day that stands in their names."""
        return {one.agreement_id: one.last_day for one in self._all()}

    def remove(self, agreement_id: AgreementId) -> None:
        """Gone."""
        with disk_errors():
            for one in self._all():
                if one.agreement_id == agreement_id:
                    one.path.unlink(missing_ok=True)

    def remove_old(self, today: date) -> int:
        """Every picture whose last day has passed; how many."""
        old = [one for one in self._all() if one.last_day < today]
        with disk_errors():
            for one in old:
                one.path.unlink(missing_ok=True)
        return len(old)

    def _all(self) -> Iterator[_Kept]:
        with disk_errors():
            paths = list(self._folder.iterdir()) if self._folder.is_dir() else []
        for path in paths:
            found = _NAME.fullmatch(path.name)
            if found:
                day = date.fromisoformat(found["day"])
                yield _Kept(path, AgreementId(found["agreement"]), int(found["page"]), day)
