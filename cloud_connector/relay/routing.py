"""Whom to tell what: each event of a showroom becomes the messages it asks for, in the event's own transaction."""

import logging
from datetime import datetime

from cloud_connector.contract.envelope import Event
from cloud_connector.contract.events import (
    CommandNotUnderstood,
    QuotePublished,
    TodoDue,
    VisitAccepted,
    VisitClosed,
    VisitEscalated,
    VisitLater,
    VisitPassed,
    VisitRequested,
)
from cloud_connector.contract.model import Sent
from cloud_connector.relay.cards import task_id_of
from cloud_connector.relay.failures import report_undelivered
from cloud_connector.relay.words import words
from cloud_connector.storage.cards import Card
from cloud_connector.storage.deliveries import Delivery
from cloud_connector.storage.work import Work

log = logging.getLogger(__name__)
CARD, UPDATE, ESCALATION, FOLLOW_UP = "card", "update", "escalation", "follow_up"


def route(work: Work, store_id: str, event: Event, data: Sent, now: datetime) -> None:
    """Note what the event changes and queue what members must see."""
    match data:
        case VisitRequested():
            _ask(work, store_id, event, data, now)
        case VisitAccepted():
            _settle_accepted(work, store_id, event, data, now)
        case VisitLater() if data.by:
            work.visits.postpone(store_id, data.visit, data.by, now)
            for card in work.cards.of_visit(store_id, data.visit):
                if _is_same(card.recipient, data.by):
                    _say(work, event, card, words(card.language, "postponed"), now)
        case VisitPassed():
            work.visits.pass_on(store_id, data.visit, data.by, now)
            for card in work.cards.of_visit(store_id, data.visit):
                if _is_same(card.recipient, data.by) and not card.said:
                    _say(work, event, card, words(card.language, "passed_on"), now)
        case VisitClosed():
            work.visits.settle(store_id, data.visit, "closed", now, None, None)
            for card in work.cards.of_visit(store_id, data.visit):
                if not card.said:
                    _say(work, event, card, words(card.language, "closed"), now)
        case VisitEscalated():
            for member in data.to:
                _text(work, store_id, event, data, ESCALATION, member, now, visit=data.visit)
        case TodoDue():
            _text(work, store_id, event, data, FOLLOW_UP, data.to, now, visit=None)
        case QuotePublished():
            work.quotes.publish(
                store_id, quote=data.quote, link=data.link, signer=data.signer, valid_until=data.valid_until
            )
        case CommandNotUnderstood():
            log.warning("showroom did not understand", extra={"command": data.command, "kind": data.kind})
        case _:
            pass  # drives, counts and scores are kept for the group's figures; nobody is told


def _settle_accepted(work: Work, store_id: str, event: Event, data: VisitAccepted, now: datetime) -> None:
    """Every card of the visit says who receives; it may be somebody else than pressed first here."""
    if data.by:
        work.visits.learn_names(store_id, [(data.by, data.name)])
    work.visits.settle(store_id, data.visit, "accepted", now, data.by, data.name)
    for card in work.cards.of_visit(store_id, data.visit):
        key = "accepted" if data.by and _is_same(card.recipient, data.by) else "accepted_by"
        _say(work, event, card, words(card.language, key, name=data.name), now)


def _is_same(one: str, other: str) -> bool:
    """WeCom's userids do not distinguish case."""
    return one.lower() == other.lower()


def _ask(work: Work, store_id: str, event: Event, asked: VisitRequested, now: datetime) -> None:
    work.visits.learn_names(store_id, [(person.id, person.name) for person in asked.colleagues])
    delivery = Delivery(
        id=task_id_of(store_id, event.id),
        store_id=store_id,
        event_id=event.id,
        visit=asked.visit,
        kind=CARD,
        recipient=asked.consultant,
        payload=asked.model_dump(mode="json"),
        expires_at=asked.expires_at,
    )
    if asked.expires_at <= now:
        report_undelivered(work, delivery, "expired", now)
    elif work.visits.ask(store_id, asked.visit, now):
        work.cards.add(Card(delivery.id, store_id, asked.visit, asked.consultant, asked.language), now)
        work.deliveries.add(delivery, now)


def _say(work: Work, event: Event, card: Card, said: str, now: datetime) -> None:
    """Replace a card's buttons by words, unless it says them already."""
    if card.said == said:
        return
    work.deliveries.add(
        Delivery(
            id=task_id_of(card.store_id, f"{event.id}|{card.task_id}"),
            store_id=card.store_id,
            event_id=event.id,
            visit=card.visit,
            kind=UPDATE,
            recipient=card.recipient,
            payload={"task_id": card.task_id, "said": said},
        ),
        now,
    )


def _text(
    work: Work, store_id: str, event: Event, data: Sent, kind: str, member: str, now: datetime, *, visit: str | None
) -> None:
    work.deliveries.add(
        Delivery(
            id=task_id_of(store_id, f"{event.id}|{member}"),
            store_id=store_id,
            event_id=event.id,
            visit=visit,
            kind=kind,
            recipient=member,
            payload=data.model_dump(mode="json"),
            expires_at=event.expires_at,
        ),
        now,
    )
