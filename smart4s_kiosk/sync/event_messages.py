"""Domain event to wire message. What has no line here does not leave the showroom."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast

from pydantic import ValidationError

from cloud_connector.contract import events as wire
from cloud_connector.contract.envelope import Event, NotUnderstood, event_data, fields_of
from cloud_connector.contract.model import Person, Sent
from smart4s_kiosk.domain import events as domain
from smart4s_kiosk.ports.outbox import OutboxMessage

_SHORT = 40
_MAX_MANAGERS, _MAX_COLLEAGUES = 20, 10
Shift = Callable[[datetime], datetime]


class Unsendable(Exception):
    """The message does not fit the wire; `reason` names fields, never their content."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def to_wire(message: OutboxMessage, *, clock_offset_s: float = 0.0) -> Event | None:
    """The message as it travels, its times told by the server's clock; None for a fact that nobody needs to hear.

    Raises:
        Unsendable: it would carry something that may not leave, or is malformed: a manager must look.

    """
    offset = timedelta(seconds=clock_offset_s)

    def shift(moment: datetime) -> datetime:
        return moment + offset

    try:
        kind, data = _data(message.fact, shift)
        if data is None:
            return None
        event = Event(
            id=message.message_id,
            type=kind,
            version=1,
            aggregate=message.aggregate,
            seq=message.sequence,
            occurred_at=shift(message.created_at),
            expires_at=None if message.expires_at is None else shift(message.expires_at),
            data=data.model_dump(mode="json"),
        )
        event_data(event)  # exactly what the other end will check
    except ValidationError as broken:
        raise Unsendable(fields_of(broken)) from None
    except NotUnderstood as refusal:
        raise Unsendable(str(refusal)) from None
    return event


def not_understood(command_id: str, kind: str, code: str, at: datetime) -> Event:
    """Tells the cloud that a command could not be taken; the same event however often it is made."""
    tidy = kind if kind.replace(".", "").replace("_", "").isalnum() and kind.islower() else "unreadable"
    data = wire.CommandNotUnderstood(command=command_id, kind=tidy[:40], code=code)
    return Event(
        id=f"nu-{command_id}"[:64],
        type="command.not_understood",
        version=1,
        aggregate=f"command:{command_id}",
        seq=1,
        occurred_at=at,
        data=data.model_dump(mode="json"),
    )


def _data(fact: domain.Fact, shift: Shift) -> tuple[str, Sent | None]:
    match fact:
        case domain.ConsultantRequested():
            return "visit.requested", _requested(fact, shift)
        case domain.VisitAccepted():
            name = fact.by_name[:_SHORT]
            return "visit.accepted", wire.VisitAccepted(visit=fact.visit_id, by=fact.by_userid or None, name=name)
        case domain.VisitPostponed():
            later = wire.VisitLater(visit=fact.visit_id, by=fact.by_userid or None, until=shift(fact.until))
            return "visit.later", later
        case domain.VisitPassed():
            return "visit.passed", wire.VisitPassed(visit=fact.visit_id, by=fact.by_userid)
        case domain.VisitEscalated():
            return "visit.escalated", _escalated(fact)
        case domain.VisitEnded():
            return "visit.closed", wire.VisitClosed(visit=fact.visit_id, reason=fact.outcome)
        case _:
            return _other_data(fact, shift)


def _other_data(fact: domain.Fact, shift: Shift) -> tuple[str, Sent | None]:
    match fact:
        case domain.QuotePublished():
            return "quote.published", _quote(fact, shift)
        case domain.DriveStarted():
            return "drive.started", wire.DriveStarted(
                visit=fact.visit_id, drive=fact.agreement_id, started_at=shift(fact.started_at)
            )
        case domain.DriveEnded():
            return "drive.ended", wire.DriveEnded(
                visit=fact.visit_id, drive=fact.agreement_id, ended_at=shift(fact.ended_at)
            )
        case domain.SurveyScored():
            return "survey.scored", wire.SurveyScored(
                visit=fact.visit_id, score=fact.score, wants_manager=fact.wants_manager
            )
        case domain.HourCounted():
            return "counts.hour", wire.CountsHour(hour=shift(fact.hour), entered=fact.entered, left=fact.left)
        case domain.FollowUpDue() if fact.consultant_userid:
            return "todo.due", wire.TodoDue(
                todo=fact.todo_id, to=fact.consultant_userid, kind=fact.kind, due_at=shift(fact.due_at)
            )
        case _:
            return "", None


def _requested(fact: domain.ConsultantRequested, shift: Shift) -> Sent:
    people: list[Any] = [
        Person(id=one.wecom_userid, name=one.name[:_SHORT]) for one in fact.colleagues if one.wecom_userid
    ]
    return wire.VisitRequested(
        visit=fact.visit_id,
        consultant=fact.consultant_userid,
        form_of_address=fact.address[:_SHORT],
        purpose=cast("wire.Purpose", str(fact.purpose)),
        party_size=max(1, fact.party_size),
        place=fact.place[:_SHORT],
        colleagues=tuple(people[:_MAX_COLLEAGUES]),
        requested_at=shift(fact.requested_at),
        expires_at=shift(fact.expires_at),
    )


def _escalated(fact: domain.VisitEscalated) -> Sent | None:
    managers = tuple(userid for userid in fact.manager_userids if userid)[:_MAX_MANAGERS]
    if not managers:
        return None  # reception's alarm rings in the showroom; nobody outside is told
    return wire.VisitEscalated(
        visit=fact.visit_id, to=managers, form_of_address=fact.address[:_SHORT], waited_s=fact.waited_s
    )


def _quote(fact: domain.QuotePublished, shift: Shift) -> Sent:
    return wire.QuotePublished(
        quote=fact.quote_id,
        quote_version=fact.quote_version,
        link=fact.link_token,
        signer=fact.signer_key.hex() or None,
        total_fen=fact.total_fen,
        valid_until=shift(fact.valid_until),
    )
