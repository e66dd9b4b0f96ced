"""How messages travel: batches up, long polls down, enrolment, and answers that say what went wrong."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationError

from cloud_connector.contract.commands import COMMANDS
from cloud_connector.contract.events import EVENT_TYPES, EVENTS
from cloud_connector.contract.model import Code, Id, Moment, Received, Sent

MAX_BATCH_EVENTS = 100
MAX_BATCH_BYTES = 256 * 1024
"""Of the JSON before compression."""
MAX_POLL_S = 25

Outcome = Literal["accepted", "duplicate", "stale_version", "rejected", "retry"]
Hex32 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Hex64 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]


class NotUnderstood(Exception):
    """A message of the wire that this side cannot take; `code` is stable."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code = code
        super().__init__(f"{code}: {detail}" if detail else code)


class Event(Sent):
    """One fact of one aggregate (a visit, a zone, a to-do). `seq` grows with every fact of a store."""

    id: Id
    type: Code
    version: Annotated[int, Field(alias="schema", ge=1, le=1000)]
    aggregate: Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,20}:[0-9A-Za-z_\-.:+]{1,80}$")]
    seq: Annotated[int, Field(ge=1)]
    occurred_at: Moment
    expires_at: Moment | None = None
    data: dict[str, Any]


class EventBatch(Sent):
    """What is posted; each item is looked at on its own, so one bad item does not hold up the others."""

    events: Annotated[tuple[dict[str, Any], ...], Field(min_length=1, max_length=MAX_BATCH_EVENTS)]


class ItemAnswer(Received):
    """What became of one event."""

    id: str
    outcome: Outcome
    code: str = ""


class BatchAnswer(Received):
    """One answer per event, in the order sent."""

    items: tuple[ItemAnswer, ...]
    server_time: Moment


class Command(Received):
    """One command on its way down. Cursors of a store have no order gaps that a reader could step over."""

    cursor: Annotated[int, Field(ge=1)]
    id: Id
    type: Code
    version: Annotated[int, Field(alias="schema", ge=1)]
    visit: str | None = None
    data: dict[str, Any]
    created_at: Moment
    expires_at: Moment | None = None


class InboxAnswer(Received):
    """What a long poll brings; the next poll's `after=next` acknowledges it."""

    events: tuple[Command, ...]
    next: Annotated[int, Field(ge=0)]
    server_time: Moment


class VisitState(Received):
    """Where the cloud believes a visit stands."""

    visit: Id
    state: Literal["waiting", "later", "passed", "accepted", "closed"]
    by: str | None = None


class StateAnswer(Received):
    """The snapshot for a showroom whose cursor is too old."""

    next: Annotated[int, Field(ge=0)]
    visits: tuple[VisitState, ...]
    server_time: Moment


class EnrolRequest(Sent):
    """A device introduces itself with the one-time code of its store; `proof` signs `code|public_key`."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=32)]
    public_key: Hex32
    proof: Hex64
    device_name: Annotated[str, StringConstraints(max_length=60)] = ""


class EnrolAnswer(Received):
    """Who the device is from now on."""

    device_id: Id
    store_id: Id
    server_time: Moment
    min_schema: int
    max_schema: int


class Problem(Received):
    """The body of every refusal."""

    code: str
    detail: str = ""
    server_time: Moment | None = None
    min_schema: int | None = None
    resync: bool = False


def event_data(event: Event) -> Sent:
    """The checked content of an event.

    Raises:
        NotUnderstood: unknown_type, unknown_schema or invalid_data (never quoting the content).

    """
    model = EVENTS.get((event.type, event.version))
    if model is None:
        raise NotUnderstood("unknown_schema" if event.type in EVENT_TYPES else "unknown_type", event.type)
    try:
        return model.model_validate(event.data)
    except ValidationError as broken:
        raise NotUnderstood("invalid_data", fields_of(broken)) from None


def command_data(command: Command) -> Received:
    """The checked content of a command.

    Raises:
        NotUnderstood: unknown_type or invalid_data.

    """
    model = COMMANDS.get((command.type, command.version))
    if model is None:
        raise NotUnderstood("unknown_type", command.type)
    try:
        return model.model_validate(command.data)
    except ValidationError as broken:
        raise NotUnderstood("invalid_data", fields_of(broken)) from None


def fields_of(broken: ValidationError) -> str:
    """Which fields were wrong and how, without their values: safe to log and to send back."""
    return "; ".join(
        f"{'.'.join(str(part) for part in error['loc']) or '-'}: {error['type']}"
        for error in broken.errors(include_input=False, include_url=False, include_context=False)
    )
