"""A connector in memory, and a handler that remembers what it was asked."""

import threading
from dataclasses import replace

from smart4s_kiosk.domain.commands import Command
from smart4s_kiosk.ports.sync import ConnectorAway, ConnectorRefused, LineState, LineStatus
from tests.waiting import PATIENCE_S


class FakeConnector:
    """Accepts one code; `is_away` cuts the line."""

    def __init__(self, code: str = "ABCDE12345") -> None:
        self._code = code
        self.is_away = False
        self.wakes = 0
        self._status = LineStatus(LineState.OFF, is_courier=False, last_contact_at=None)

    def status(self) -> LineStatus:
        return self._status

    def enrol(self, code: str, device_name: str) -> None:
        if self.is_away:
            raise ConnectorAway("ConnectionError")
        if code != self._code:
            raise ConnectorRefused("code_refused")
        self._status = replace(self._status, state=LineState.UNKNOWN)

    def wake(self) -> None:
        self.wakes += 1


class RecordingHandler:
    """Remembers commands; raises `refusal` instead when it is set."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.commands: list[Command] = []
        self.refusal: Exception | None = None

    def apply(self, command: Command) -> None:
        with self._changed:
            if self.refusal is not None:
                raise self.refusal
            self.commands.append(command)
            self._changed.notify_all()

    def wait_for(self, count: int, limit_s: float = PATIENCE_S) -> bool:
        """Until `count` commands came."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self.commands) >= count, limit_s)
