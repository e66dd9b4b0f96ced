"""Facts worth telling the cloud. This list is the allow-list: what is not here never leaves the showroom.

No phone, plate, id number, licence, face or signature ever stands in one of these; a form of address ("张*先生")
does, because the consultant must know whom to greet.
"""

from dataclasses import dataclass
from datetime import datetime

from smart4s_kiosk.domain.ids import AgreementId, QuoteId, StaffId, VisitId


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody the asked consultant may pass the visitor to."""

    wecom_userid: str
    name: str


@dataclass(frozen=True, slots=True)
class ConsultantRequested:
    """A consultant is asked to come. Worthless after `expires_at`."""

    visit_id: VisitId
    visit_version: int
    consultant_userid: str
    address: str
    """Form of address, masked: 张*先生, or 散客 A-031."""
    purpose: str
    party_size: int
    place: str
    colleagues: tuple[Colleague, ...]
    requested_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class VisitAccepted:
    """Somebody goes to the visitor: every open card of this visit says so."""

    visit_id: VisitId
    visit_version: int
    by_userid: str
    by_name: str
    accepted_at: datetime


@dataclass(frozen=True, slots=True)
class VisitPostponed:
    """The asked consultant comes later."""

    visit_id: VisitId
    visit_version: int
    by_userid: str
    until: datetime


@dataclass(frozen=True, slots=True)
class VisitPassed:
    """The asked consultant is asked no longer: their cards of this visit say that it went on."""

    visit_id: VisitId
    visit_version: int
    by_userid: str


@dataclass(frozen=True, slots=True)
class VisitEscalated:
    """Nobody came in time: reception's alarm rang, or the manager is told."""

    visit_id: VisitId
    visit_version: int
    manager_userids: tuple[str, ...]
    address: str
    waited_s: int
    raised_at: datetime


@dataclass(frozen=True, slots=True)
class VisitEnded:
    """The visit was left, cancelled or merged: open cards are closed."""

    visit_id: VisitId
    visit_version: int
    outcome: str
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class QuotePublished:
    """A quote may be opened by its link."""

    quote_id: QuoteId
    quote_version: int
    link_token: str
    total_fen: int
    valid_until: datetime
    signer_key: bytes = b""
    """Public key that signed the link's content; the content stands in the link's fragment and reaches no server."""


@dataclass(frozen=True, slots=True)
class DriveStarted:
    """A test drive left the yard."""

    agreement_id: AgreementId
    visit_id: VisitId
    agreement_version: int
    started_at: datetime


@dataclass(frozen=True, slots=True)
class DriveEnded:
    """A test car is back."""

    agreement_id: AgreementId
    visit_id: VisitId
    agreement_version: int
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class SurveyScored:
    """A visitor gave a score from 0 to 10."""

    visit_id: VisitId
    score: int
    wants_manager: bool
    scored_at: datetime


@dataclass(frozen=True, slots=True)
class HourCounted:
    """People in and out during one hour: numbers only."""

    hour: datetime
    entered: int
    left: int


@dataclass(frozen=True, slots=True)
class FollowUpDue:
    """A consultant's to-do is due."""

    todo_id: str
    staff_id: StaffId
    consultant_userid: str
    kind: str
    due_at: datetime


Fact = (
    ConsultantRequested
    | VisitAccepted
    | VisitPostponed
    | VisitPassed
    | VisitEscalated
    | VisitEnded
    | QuotePublished
    | DriveStarted
    | DriveEnded
    | SurveyScored
    | HourCounted
    | FollowUpDue
)
"""Anything that may be put into the outbox."""
