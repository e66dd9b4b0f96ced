"""Takes a batch of events: each looked at on its own, kept once, routed in the same transaction, answered by item."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from cloud_connector.contract.envelope import BatchAnswer, Event, ItemAnswer, NotUnderstood, event_data, fields_of
from cloud_connector.contract.model import Sent
from cloud_connector.relay.routing import route
from cloud_connector.storage.database import Database
from cloud_connector.storage.sites import Device

log = logging.getLogger(__name__)


def take_batch(database: Database, device: Device, items: Sequence[dict[str, Any]], now: datetime) -> BatchAnswer:
    """Keep what can be kept, in one transaction.

    Raises:
        DatabaseAway: nothing was kept; the showroom sends all of it again.

    """
    understood = [_understood(item) for item in items]
    with database.begin() as work:
        answers = []
        for item in understood:
            if isinstance(item, ItemAnswer):
                answers.append(item)
                continue
            event, data = item
            outcome = work.inbox.take(device.store_id, device.id, event, data.model_dump(mode="json"), now)
            if outcome == "accepted":
                route(work, device.store_id, event, data, now)
            answers.append(ItemAnswer(id=event.id, outcome=outcome))
    for answer in answers:
        log.info(
            "event answered",
            extra={"action": "intake", "event": answer.id, "outcome": answer.outcome, "code": answer.code},
        )
    return BatchAnswer(items=tuple(answers), server_time=now)


def _understood(item: dict[str, Any]) -> tuple[Event, Sent] | ItemAnswer:
    name = item.get("id")
    event_id = name if isinstance(name, str) and len(name) <= 64 else ""
    try:
        event = Event.model_validate(item)
        return event, event_data(event)
    except ValidationError as broken:
        log.warning("event refused", extra={"action": "intake", "fields": fields_of(broken)})
        return ItemAnswer(id=event_id, outcome="rejected", code="invalid_envelope")
    except NotUnderstood as refusal:
        log.warning("event refused", extra={"action": "intake", "event": event_id, "why": str(refusal)})
        return ItemAnswer(id=event_id, outcome="rejected", code=refusal.code)
