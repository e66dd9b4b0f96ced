"""The audit chain."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import func, select

from smart4s_kiosk.domain.audit import AuditLine
from smart4s_kiosk.domain.ids import StaffId, TerminalId
from smart4s_kiosk.storage import tables
from smart4s_kiosk.storage.shelf import Mapping, Shelf
from smart4s_kiosk.storage.transaction import Transaction


class SqlAudit(Shelf[AuditLine]):
    """Rows of `audit`. Changing units run one after another, so the chain cannot fork."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction, Mapping(tables.audit, AuditLine))

    def append(
        self,
        *,
        at: datetime,
        act: str,
        subject_id: str,
        staff_id: StaffId | None,
        terminal_id: TerminalId,
        reason: str = "",
        rows: int = 0,
        content_hash: str = "",
    ) -> AuditLine:
        """The next line, chained to the one before."""
        self._transaction.must_change()
        last = self._first(self._mapping.select().order_by(self._table.c.number.desc()))
        line = AuditLine(
            number=1 if last is None else last.number + 1,
            at=at.astimezone(UTC),
            act=act,
            subject_id=subject_id,
            staff_id=staff_id,
            terminal_id=terminal_id,
            reason=reason,
            rows=rows,
            content_hash=content_hash,
            previous="" if last is None else last.digest(),
        )
        self._insert(line)
        return line

    def between(self, start: datetime, end: datetime) -> Sequence[AuditLine]:
        """By number."""
        columns = self._table.c
        wanted = self._mapping.select().where(columns.at >= start, columns.at < end)
        return self._all(wanted.order_by(columns.number))

    def count(self, act: str, staff_id: StaffId, since: datetime) -> int:
        """How often that person did that since then."""
        columns = self._table.c
        mine = (columns.staff_id == staff_id) & (columns.act == act) & (columns.at >= since)
        return int(self._transaction.value(select(func.count()).select_from(self._table).where(mine)))
