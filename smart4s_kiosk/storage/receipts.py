"""Second presses: what a key given by the page has already made."""

from datetime import datetime

from sqlalchemy import delete, select

from smart4s_kiosk.storage import tables
from smart4s_kiosk.storage.transaction import Transaction

_TABLE = tables.receipts


class SqlReceipts:
    """Rows of `receipts`."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def find(self, key: str) -> str | None:
        """What the first press made."""
        found: str | None = self._transaction.value(select(_TABLE.c.subject_id).where(_TABLE.c.key == key))
        return found

    def keep(self, key: str, subject_id: str, at: datetime) -> None:
        """What this press made; `VersionConflict` when the key was used."""
        self._transaction.insert(_TABLE, key=key, subject_id=subject_id, at=at)

    def forget_before(self, moment: datetime) -> int:
        """Remove what was made before; how many."""
        return self._transaction.change(delete(_TABLE).where(_TABLE.c.at < moment))
