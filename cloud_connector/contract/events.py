"""What the showroom tells the cloud: the allow-list. A fact that is not here does not leave the store."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from cloud_connector.contract.model import Code, Id, MaybeText, Moment, Person, Sent, ShortText, UserId

Purpose = Literal["look", "test_drive", "quote", "service", "pick_up", "meet", "event"]
Language = Literal["zh_CN", "en"]
LinkToken = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_\-]{16,64}$")]


class VisitRequested(Sent):
    """A consultant is asked to receive a visitor; a card goes to their WeCom."""

    visit: Id
    consultant: UserId
    form_of_address: ShortText
    """What the customer agreed to be called: 张*先生, 王女士, 散客 A-031."""
    purpose: Purpose
    party_size: Annotated[int, Field(ge=1, le=50)]
    place: MaybeText
    """Where the visitor waits: 1号台; may be empty."""
    colleagues: Annotated[tuple[Person, ...], Field(max_length=10)] = ()
    """Whom the card offers for 转给同事; WeCom's drop-down holds ten."""
    requested_at: Moment
    expires_at: Moment
    language: Language = "zh_CN"

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "VisitRequested":
        if self.expires_at <= self.requested_at:
            raise ValueError("expires before it was requested")
        return self


class VisitAccepted(Sent):
    """Somebody receives the visitor, wherever they said so; open cards say by whom."""

    visit: Id
    by: UserId | None
    """None for somebody without WeCom."""
    name: ShortText


class VisitLater(Sent):
    """A consultant asked for some minutes."""

    visit: Id
    by: UserId | None
    until: Moment


class VisitPassed(Sent):
    """A consultant is asked no longer (off duty, on a break); their open cards say that it went on to the next."""

    visit: Id
    by: UserId


class VisitClosed(Sent):
    """The visit is over; open cards can no longer be pressed."""

    visit: Id
    reason: Code


class VisitEscalated(Sent):
    """Nobody answered in time: the managers are told in plain words."""

    visit: Id
    to: Annotated[tuple[UserId, ...], Field(max_length=20)]
    """Empty where only reception's alarm rang."""
    form_of_address: ShortText
    waited_s: Annotated[int, Field(ge=0, le=86_400)]
    language: Language = "zh_CN"


class QuotePublished(Sent):
    """A quote may be opened by its link; its content stands in the link's fragment, which no server sees."""

    quote: Id
    quote_version: Annotated[int, Field(ge=1)]
    link: LinkToken
    signer: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None
    """Public key (Ed25519, hex) that the link's content is signed by."""
    total_fen: Annotated[int, Field(ge=0, le=10**12)]
    valid_until: Moment


class DriveStarted(Sent):
    """A test drive left the yard."""

    visit: Id
    drive: Id
    started_at: Moment


class DriveEnded(Sent):
    """A test car is back."""

    visit: Id
    drive: Id
    ended_at: Moment


class CountsHour(Sent):
    """How many people came and went in one hour."""

    hour: Moment
    entered: Annotated[int, Field(ge=0, le=1_000_000)]
    left: Annotated[int, Field(ge=0, le=1_000_000)]


class SurveyScored(Sent):
    """What the visitor thought of the visit, as a number only."""

    visit: Id
    score: Annotated[int, Field(ge=0, le=10)]
    wants_manager: bool = False


class TodoDue(Sent):
    """A follow-up is due; the consultant is reminded in plain words without the customer's name."""

    todo: Id
    to: UserId
    kind: Code
    due_at: Moment
    language: Language = "zh_CN"


class CommandNotUnderstood(Sent):
    """The showroom could not take a command of ours: an older kiosk, or a mistake."""

    command: Id
    kind: Code
    code: Code


EVENTS: dict[tuple[str, int], type[Sent]] = {
    ("visit.requested", 1): VisitRequested,
    ("visit.accepted", 1): VisitAccepted,
    ("visit.later", 1): VisitLater,
    ("visit.passed", 1): VisitPassed,
    ("visit.closed", 1): VisitClosed,
    ("visit.escalated", 1): VisitEscalated,
    ("quote.published", 1): QuotePublished,
    ("drive.started", 1): DriveStarted,
    ("drive.ended", 1): DriveEnded,
    ("counts.hour", 1): CountsHour,
    ("survey.scored", 1): SurveyScored,
    ("todo.due", 1): TodoDue,
    ("command.not_understood", 1): CommandNotUnderstood,
}
"""Every (type, schema) the cloud understands. The newest and the one before stay; see `tests/contracts`."""
EVENT_TYPES = frozenset(kind for kind, _schema in EVENTS)
MIN_SCHEMA = 1
MAX_SCHEMA = 1
