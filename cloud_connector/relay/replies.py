"""What a pressed button means: one command for the showroom, and at once the words that replace the buttons.

The first accept wins here so that late presses are told by whom; the showroom, where tablets and reception answer
too, has the last word (`visit.accepted`).
"""

import logging
from datetime import datetime

from pydantic import BaseModel

from cloud_connector.contract.commands import AcceptVisit, PassVisit, PostponeVisit
from cloud_connector.relay.cards import ACCEPT, COLLEAGUE, LATER, NEXT_IN_LINE, PASS
from cloud_connector.relay.words import words
from cloud_connector.storage.cards import Card
from cloud_connector.storage.work import Work
from cloud_connector.wecom.callback_xml import CallbackEvent

log = logging.getLogger(__name__)
CLICKS = ("template_card_event", "template_card_menu_event")


def take_callback(work: Work, event: CallbackEvent, corp_id: str, now: datetime, later_minutes: int) -> str:
    """Do what a callback asks, once; answers the words for the pressed card, empty where there is nothing to say."""
    is_new = work.cards.claim_callback(
        event.dedupe_key,
        corp_id=corp_id,
        agent_id=event.agent_id,
        event=event.event or event.message_type,
        change_type=event.change_type,
        now=now,
    )
    if not is_new:
        return work.cards.callback_answer(event.dedupe_key) or ""
    said = _pressed(work, event, now, later_minutes) if event.event in CLICKS else ""
    work.cards.answer_callback(event.dedupe_key, said)
    log.info(
        "callback taken",
        extra={"action": "callback", "event": event.event, "change_type": event.change_type, "task": event.task_id},
    )
    return said


def _pressed(work: Work, event: CallbackEvent, now: datetime, later_minutes: int) -> str:
    card = work.cards.get(event.task_id)
    if card is None or card.recipient.lower() != event.sender.lower():
        return words("zh_CN", "unknown")
    said = {ACCEPT: _accept, LATER: _later, PASS: _pass_on}.get(event.key, _unknown)(
        work, card, event, now, later_minutes
    )
    work.cards.pressed(card.task_id, event.response_code, said, now)
    return said


def _accept(work: Work, card: Card, event: CallbackEvent, now: datetime, _minutes: int) -> str:
    if not work.visits.accept_first(card.store_id, card.visit, card.recipient, now):
        return _too_late(work, card)
    pressed = AcceptVisit(visit=card.visit, by=card.recipient, pressed_at=now)
    _command(work, card, event, "visit.accept", pressed, now)
    return words(card.language, "accepted")


def _later(work: Work, card: Card, event: CallbackEvent, now: datetime, minutes: int) -> str:
    if not work.visits.postpone(card.store_id, card.visit, card.recipient, now):
        return _too_late(work, card)
    pressed = PostponeVisit(visit=card.visit, by=card.recipient, minutes=minutes, pressed_at=now)
    _command(work, card, event, "visit.later", pressed, now)
    return words(card.language, "postponed")


def _pass_on(work: Work, card: Card, event: CallbackEvent, now: datetime, _minutes: int) -> str:
    if not work.visits.pass_on(card.store_id, card.visit, card.recipient, now):
        return _too_late(work, card)
    chosen = event.chosen(COLLEAGUE)
    to = None if chosen in {None, NEXT_IN_LINE} else chosen
    pressed = PassVisit(visit=card.visit, by=card.recipient, to=to, pressed_at=now)
    _command(work, card, event, "visit.pass", pressed, now)
    if to is None:
        return words(card.language, "passed_on")
    return words(card.language, "passed_to", name=work.visits.name_of(card.store_id, to) or to)


def _unknown(_work: Work, card: Card, _event: CallbackEvent, _now: datetime, _minutes: int) -> str:
    return words(card.language, "unknown")


def _too_late(work: Work, card: Card) -> str:
    standing = work.visits.standing(card.store_id, card.visit)
    if standing is None or standing.state == "closed":
        return words(card.language, "closed")
    if (standing.by_user or "").lower() == card.recipient.lower():
        return words(card.language, "accepted")
    if standing.by_name:
        return words(card.language, "accepted_by", name=standing.by_name)
    return words(card.language, "accepted_by_someone")


def _command(work: Work, card: Card, event: CallbackEvent, kind: str, data: BaseModel, now: datetime) -> None:
    work.commands.add(
        card.store_id,
        command_id=f"p-{event.dedupe_key[:48]}",
        kind=kind,
        data=data.model_dump(mode="json"),
        visit=card.visit,
        now=now,
    )
