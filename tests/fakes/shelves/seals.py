"""The chain of seals."""

from collections.abc import Sequence

from smart4s_kiosk.domain.errors import VersionConflict
from smart4s_kiosk.domain.seals import FIRST, SealEntry
from tests.fakes.shelves.table import Table


class FakeSeals:
    def __init__(self, table: Table) -> None:
        self._table = table

    def last(self) -> SealEntry | None:
        return next(reversed(self._table.rows.values()), None)

    def append(self, entry: SealEntry) -> None:
        last = self.last()
        expected = (last.sequence + 1, last.hash) if last else (1, FIRST)
        if (entry.sequence, entry.previous_hash) != expected:
            raise VersionConflict(concept="seals", sequence=entry.sequence)
        self._table.insert(entry.sequence, entry)

    def all(self) -> Sequence[SealEntry]:
        return list(self._table.rows.values())
