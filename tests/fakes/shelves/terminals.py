"""What each terminal told about itself last, in memory."""

from collections.abc import Sequence
from datetime import datetime

from smart4s_kiosk.domain.terminals import Terminal
from tests.fakes.shelves.table import Table


class FakeTerminals:
    """One value a terminal."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def put(self, terminal: Terminal) -> None:
        self._table.update(terminal.id, terminal)

    def all(self) -> Sequence[Terminal]:
        return sorted(self._table.rows.values(), key=lambda t: str(t.id))

    def forget_before(self, moment: datetime) -> int:
        gone = [t.id for t in self.all() if t.seen_at < moment]
        for terminal_id in gone:
            self._table.delete(terminal_id)
        return len(gone)
