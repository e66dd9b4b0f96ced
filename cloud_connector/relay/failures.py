"""Tells the showroom that a message could not be delivered, so that it finds another way."""

from datetime import datetime

from cloud_connector.contract.commands import DeliveryFailed
from cloud_connector.storage.deliveries import Delivery
from cloud_connector.storage.work import Work


def report_undelivered(work: Work, delivery: Delivery, code: str, now: datetime) -> None:
    """One command per message, however often it is reported."""
    failed = DeliveryFailed(message=delivery.event_id, visit=delivery.visit, recipient=delivery.recipient, code=code)
    work.commands.add(
        delivery.store_id,
        command_id=f"f-{delivery.id}"[:64],
        kind="delivery.failed",
        data=failed.model_dump(mode="json"),
        visit=delivery.visit,
        now=now,
    )
