"""What the cloud asks of the showroom, and what it reports back."""

from typing import Annotated

from pydantic import Field

from cloud_connector.contract.model import Code, Id, Moment, Received, UserId


class AcceptVisit(Received):
    """A consultant pressed 接待."""

    visit: Id
    by: UserId
    pressed_at: Moment


class PostponeVisit(Received):
    """A consultant pressed 稍后."""

    visit: Id
    by: UserId
    minutes: Annotated[int, Field(ge=1, le=120)]
    pressed_at: Moment


class PassVisit(Received):
    """A consultant pressed 转给同事; without a name the showroom asks the next in line."""

    visit: Id
    by: UserId
    to: UserId | None = None
    pressed_at: Moment


class DeliveryFailed(Received):
    """A message could not be brought to its recipient; the showroom chooses another way."""

    message: Id
    """Id of the showroom's own event."""
    visit: Id | None = None
    recipient: UserId
    code: Code


class QuoteOpened(Received):
    """Somebody opened a quote's link."""

    quote: Id
    opened_at: Moment
    times: Annotated[int, Field(ge=1)]


COMMANDS: dict[tuple[str, int], type[Received]] = {
    ("visit.accept", 1): AcceptVisit,
    ("visit.later", 1): PostponeVisit,
    ("visit.pass", 1): PassVisit,
    ("delivery.failed", 1): DeliveryFailed,
    ("quote.opened", 1): QuoteOpened,
}
"""Every (type, schema) the showroom understands; others are answered "not understood"."""
