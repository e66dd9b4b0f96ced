"""Which commands of the cloud were applied."""

from datetime import datetime

from tests.fakes.shelves.table import Table


class FakeCommandInbox:
    def __init__(self, applied: Table, cursor: Table) -> None:
        self._applied = applied
        self._cursor = cursor

    def cursor(self) -> int:
        found: int = self._cursor.rows.get("cursor", 0)
        return found

    def move_cursor(self, cursor: int) -> None:
        self._cursor.update("cursor", cursor)

    def is_new(self, command_id: str, at: datetime) -> bool:
        self._applied.may_change()
        if command_id in self._applied.rows:
            return False
        self._applied.insert(command_id, at)
        return True

    def forget_before(self, moment: datetime) -> int:
        self._applied.may_change()
        old = [command_id for command_id, at in self._applied.rows.items() if at < moment]
        for command_id in old:
            self._applied.delete(command_id)
        return len(old)
