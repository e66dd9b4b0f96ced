"""The store's seal chain."""

from collections.abc import Sequence

from smart4s_kiosk.domain.errors import VersionConflict
from smart4s_kiosk.domain.seals import FIRST, SealEntry
from smart4s_kiosk.storage import tables
from smart4s_kiosk.storage.shelf import Mapping, Shelf
from smart4s_kiosk.storage.transaction import Transaction


class SqlSeals(Shelf[SealEntry]):
    """Rows of `seals`: only ever added to."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction, Mapping(tables.seals, SealEntry))

    def last(self) -> SealEntry | None:
        """The newest link; None before the first."""
        return self._first(self._mapping.select().order_by(self._table.c.sequence.desc()))

    def append(self, entry: SealEntry) -> None:
        """Add the link after `last()`; `VersionConflict` when it is not that."""
        last = self.last()
        expected = (1, FIRST) if last is None else (last.sequence + 1, last.hash)
        if (entry.sequence, entry.previous_hash) != expected:
            raise VersionConflict(concept="seals", sequence=entry.sequence)
        self._insert(entry)

    def all(self) -> Sequence[SealEntry]:
        """Every link, in order."""
        return self._all(self._mapping.select().order_by(self._table.c.sequence))
