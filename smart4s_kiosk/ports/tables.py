"""Tables that people exchange with other programs, as services see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from smart4s_kiosk.domain.errors import RuleBroken

MOST_ROWS = 5_000
MOST_BYTES = 5 * 1024 * 1024


class TableUnreadable(RuleBroken):
    """This file is no table that can be read; `reason` says why: too_large, too_many_rows, empty, damaged, formulas."""

    code = "table.unreadable"


@dataclass(frozen=True, slots=True)
class Table:
    """A head and rows of plain text; every row has as many cells as the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Tables(Protocol):
    """Reads and writes table files."""

    def read(self, content: bytes) -> Table:
        """CSV (UTF-8, UTF-16 or GBK) or XLSX, told apart by content. Raises `TableUnreadable`."""
        ...

    def xlsx(self, table: Table, *, title: str, notes: Sequence[str]) -> bytes:
        """A sheet with `notes` above the head. Cells that a program might run are written as text."""
        ...

    def csv(self, table: Table, *, notes: Sequence[str]) -> bytes:
        """UTF-8 with mark, for programs that expect one. The same care for cells."""
        ...
