"""Commands from the cloud, applied once, and how far this store has read."""

from datetime import datetime

from sqlalchemy import delete, select, update

from smart4s_kiosk.storage import tables
from smart4s_kiosk.storage.transaction import Transaction

_CURSOR = tables.command_cursor


class SqlCommandInbox:
    """Rows of `commands` and the one row of `command_cursor`."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def cursor(self) -> int:
        """Where to read on; 0 at first."""
        return self._transaction.value(select(_CURSOR.c.cursor)) or 0

    def move_cursor(self, cursor: int) -> None:
        """Everything up to here was applied."""
        if not self._transaction.change(update(_CURSOR).values(cursor=cursor)):
            self._transaction.insert(_CURSOR, number=1, cursor=cursor)

    def is_new(self, command_id: str, at: datetime) -> bool:
        """True exactly once for each id."""
        return self._transaction.insert_if_new(tables.commands, id=command_id, at=at)

    def forget_before(self, moment: datetime) -> int:
        """Remove ids of commands applied before; how many."""
        return self._transaction.change(delete(tables.commands).where(tables.commands.c.at < moment))
