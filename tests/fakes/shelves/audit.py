"""The audit log as a chain of lines."""

from collections.abc import Sequence
from datetime import UTC, datetime

from smart4s_kiosk.domain.audit import AuditLine
from smart4s_kiosk.domain.ids import StaffId, TerminalId
from tests.fakes.shelves.table import Table


class FakeAudit:
    def __init__(self, table: Table) -> None:
        self._table = table

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
        number = len(self._table.rows) + 1
        line = AuditLine(
            number=number,
            at=at.astimezone(UTC),
            act=act,
            subject_id=subject_id,
            staff_id=staff_id,
            terminal_id=terminal_id,
            reason=reason,
            rows=rows,
            content_hash=content_hash,
            previous=self._table.rows[number - 1].digest() if number > 1 else "",
        )
        self._table.insert(number, line)
        return line

    def between(self, start: datetime, end: datetime) -> Sequence[AuditLine]:
        return [line for line in self._table.rows.values() if start <= line.at < end]

    def count(self, act: str, staff_id: StaffId, since: datetime) -> int:
        lines = self._table.rows.values()
        return sum(line.act == act and line.staff_id == staff_id and line.at >= since for line in lines)
