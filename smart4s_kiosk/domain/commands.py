"""What the cloud may ask of the showroom; each is applied once, by its id."""

from dataclasses import dataclass
from datetime import datetime

from smart4s_kiosk.domain.ids import MessageId, QuoteId, VisitId


@dataclass(frozen=True, slots=True)
class AcceptVisit:
    """接待 was pressed on the phone."""

    visit_id: VisitId
    by_userid: str
    pressed_at: datetime


@dataclass(frozen=True, slots=True)
class PostponeVisit:
    """稍后 was pressed on the phone."""

    visit_id: VisitId
    by_userid: str
    minutes: int
    pressed_at: datetime


@dataclass(frozen=True, slots=True)
class PassVisit:
    """转给同事 was pressed on the phone; without a colleague the next in line is asked."""

    visit_id: VisitId
    by_userid: str
    to_userid: str | None
    pressed_at: datetime


@dataclass(frozen=True, slots=True)
class ReportUndelivered:
    """A message could not be delivered to a member; another way must be found."""

    message_id: MessageId
    visit_id: VisitId | None
    recipient_userid: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReportQuoteOpened:
    """The customer opened the quote's page."""

    quote_id: QuoteId
    opened_at: datetime


Command = AcceptVisit | PostponeVisit | PassVisit | ReportUndelivered | ReportQuoteOpened
