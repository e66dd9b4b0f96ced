"""Turns a queued message into the one call to WeCom that it stands for."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from cloud_connector.contract.events import TodoDue, VisitEscalated, VisitRequested
from cloud_connector.relay.cards import escalation_text, follow_up_text, reception_card
from cloud_connector.relay.routing import CARD, ESCALATION, FOLLOW_UP, UPDATE
from cloud_connector.storage.cards import CODE_LIFE
from cloud_connector.storage.database import Database
from cloud_connector.storage.deliveries import Delivery
from cloud_connector.storage.visits import ENDED
from cloud_connector.wecom.errors import TASK_ID_EXISTS, WeComRefused
from cloud_connector.wecom.messages import Messages, MessageSent


class Unsent(Exception):
    """There was nothing left to send; the text says why."""


class Sender:
    """Sends messages as one app."""

    def __init__(self, database: Database, messages: Messages, zone: ZoneInfo, now: Callable[[], datetime]) -> None:
        self._database = database
        self._messages = messages
        self._zone = zone
        self._now = now

    def send(self, delivery: Delivery) -> bool:
        """Make the call; True when WeCom says that the member did not get it.

        Raises:
            Unsent: what it was about has been settled meanwhile.
            WeComRefused, WeComUnreachable, AppStopped.

        """
        if delivery.kind == CARD:
            return self._card(delivery)
        if delivery.kind == UPDATE:
            return self._update(delivery)
        if delivery.kind == ESCALATION:
            text = escalation_text(VisitEscalated.model_validate(delivery.payload))
        elif delivery.kind == FOLLOW_UP:
            text = follow_up_text(TodoDue.model_validate(delivery.payload), self._zone)
        else:
            raise Unsent(f"unknown kind {delivery.kind}")
        return bool(self._messages.send_text([delivery.recipient], text).missed)

    def _card(self, delivery: Delivery) -> bool:
        asked = VisitRequested.model_validate(delivery.payload)
        with self._database.look() as work:
            standing = work.visits.standing(delivery.store_id, asked.visit)
        if standing is not None and standing.state in ENDED:
            raise Unsent(f"visit {standing.state}")
        card = reception_card(delivery.id, asked, self._zone)
        try:
            sent = self._messages.send_card([delivery.recipient], card)
        except WeComRefused as refused:
            if refused.code != TASK_ID_EXISTS:
                raise
            sent = MessageSent("", "", frozenset())  # an earlier try got through; its press will bring a code
        with self._database.begin() as work:
            work.cards.sent(delivery.id, sent.message_id, sent.response_code, self._now())
        return bool(sent.missed)

    def _update(self, delivery: Delivery) -> bool:
        task_id, said = str(delivery.payload["task_id"]), str(delivery.payload["said"])
        with self._database.look() as work:
            card = work.cards.get(task_id)
        if card is None or card.said == said:
            raise Unsent("says so already")
        if not card.response_code or card.coded_at is None or self._now() - card.coded_at >= CODE_LIFE:
            raise Unsent("no code")
        missed = self._messages.update_button([card.recipient], card.response_code, said)
        with self._database.begin() as work:
            work.cards.updated(task_id, said)
        return bool(missed)
