"""Who did what, chained by hashes so that a line taken out shows."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime

from smart4s_kiosk.domain.ids import StaffId, TerminalId


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One act worth keeping for three years. Subjects are ids; reasons are what staff typed."""

    number: int
    at: datetime
    act: str
    """Noun and verb: contact.revealed, log.exported, visit.merged, person.erased."""
    subject_id: str
    staff_id: StaffId | None
    terminal_id: TerminalId
    reason: str = ""
    rows: int = 0
    content_hash: str = ""
    previous: str = ""
    """Hash of the line before; empty for the first."""

    def digest(self) -> str:
        """SHA-256 (hex) of this line, the one before included."""
        fields = asdict(self) | {"at": self.at.isoformat()}
        return hashlib.sha256(json.dumps(fields, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
