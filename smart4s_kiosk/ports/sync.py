"""The connector as services and the health page see it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from smart4s_kiosk.domain.commands import Command
from smart4s_kiosk.domain.errors import Unavailable


class ConnectorAway(Unavailable):
    """The connector does not answer, or asks to come back later."""

    code = "connector.away"

    def __init__(self, reason: str, *, retry_after_s: float | None = None) -> None:
        self.reason = reason
        self.retry_after_s = retry_after_s
        super().__init__("connector", reason=reason)


class ConnectorRefused(Unavailable):
    """The connector refuses this terminal or what it sends; waiting alone does not help."""

    code = "connector.refused"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        """The connector's own word: unknown_device, revoked, code_refused, update_needed, too_large, ..."""
        super().__init__("connector", waiting_helps=False, reason=reason)


class ConnectorNotReached(Unavailable):
    """Nobody answers at this address as a connector does; `reason` is the first step on the way that failed."""

    code = "connector.not_reached"

    def __init__(self, reason: str, host: str) -> None:
        super().__init__("connector", reason=reason, host=host)


class LineState(StrEnum):
    """How the line to the connector is."""

    OFF = "off"
    """No connector is set up, or this terminal is not enrolled."""
    UNKNOWN = "unknown"
    """Not tried yet."""
    ELSEWHERE = "elsewhere"
    """Another terminal carries, and messages leave."""
    UP = "up"
    DOWN = "down"
    REFUSED = "refused"
    """It answers, and says no: see `problem`."""


@dataclass(frozen=True, slots=True)
class LineStatus:
    """The line for the health page and the offline banner. How many messages wait says the outbox itself."""

    state: LineState
    is_courier: bool
    """Whether this process is the one that sends."""
    last_contact_at: datetime | None
    problem: str = ""
    clock_offset_s: float = 0.0
    """Server's clock minus this machine's."""
    not_understood: int = 0
    """Commands since start that this version did not know."""


class Connector(Protocol):
    """The way to the cloud."""

    def status(self) -> LineStatus: ...

    def enrol(self, code: str, device_name: str) -> None:
        """Make this terminal known with its store's one-time code. Raises ConnectorAway, ConnectorRefused."""
        ...

    def wake(self) -> None:
        """There is something new in the outbox, or the network came back. Returns at once."""
        ...


class CommandHandler(Protocol):
    """Does what the cloud asks. May be given one command twice after a crash: the visit's state makes it one."""

    def apply(self, command: Command) -> None:
        """Raises RuleBroken, NotAllowed or NotFound when the business says no: noted, never repeated."""
        ...
