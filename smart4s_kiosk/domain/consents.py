"""What somebody agreed to, or declined: which text, when, where. Evidence, so it is only ever added to."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from smart4s_kiosk.domain.ids import ConsentId, CustomerId, TerminalId, VisitId

MIN_SECONDS_ON_SCREEN = 3
"""showroom.md: a consent text stands on the screen at least this long before it can be agreed to."""

SHOWN_FIRST = "zh_CN"
"""The language of the screens unless the reader chose another."""


class ConsentKind(StrEnum):
    """What is asked; each alone, never bundled."""

    FACE = "face"
    FACE_KEEPING = "face_keeping"
    """Looking once is one question, keeping for the next visit another."""
    LICENCE_READING = "licence_reading"
    CONTACT = "contact"
    MESSAGES = "messages"


@dataclass(frozen=True, slots=True)
class Consent:
    """One answer to one question."""

    id: ConsentId
    kind: ConsentKind
    is_given: bool
    text_version: str
    text_hash: str
    at: datetime
    terminal_id: TerminalId
    surface: str
    visit_id: VisitId | None = None
    customer_id: CustomerId | None = None
    seconds_on_screen: int = 0
    language: str = SHOWN_FIRST
    """Of the text that was on the screen, as the catalogue names it."""
    expires_at: datetime | None = None
    withdrawn_at: datetime | None = None

    def is_valid(self, now: datetime) -> bool:
        """Given, not withdrawn, not expired."""
        return self.is_given and self.withdrawn_at is None and (self.expires_at is None or now < self.expires_at)

    def withdraw(self, at: datetime) -> "Consent":
        """Taken back."""
        return replace(self, withdrawn_at=at)
