"""Keeps the copy of the person keys up to date: it may have been away while somebody was forgotten."""

import logging
from typing import Protocol

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.vault.person_copy import CopyState
from smart4s_kiosk.vault.person_keys import PersonKeyFile

PAUSE_S = 60.0
_log = logging.getLogger(__name__)


class StopSignal(Protocol):
    """What the loop is stopped by (a `threading.Event` fits)."""

    def is_set(self) -> bool: ...

    def wait(self, timeout: float | None = None) -> bool: ...


class CopyKeeper:
    """A worker's loop: looks once a minute, writes only when the copy is behind."""

    def __init__(self, keys: PersonKeyFile, pause_s: float = PAUSE_S) -> None:
        self._keys = keys
        self._pause_s = pause_s

    def run(self, stop: StopSignal) -> None:
        """Until told to stop. A file or disk that is away is tried again the next minute."""
        while not stop.is_set():
            try:
                before = self._keys.copy_state()
                after = self._keys.refresh_copy() if before in {CopyState.STALE, CopyState.AWAY} else before
            except Unavailable as away:
                _log.info("person keys away", extra={"action": "vault.copy", "code": away.code})
            else:
                if after is not before:
                    _log.info(
                        "person key copy", extra={"action": "vault.copy", "was": before.value, "now": after.value}
                    )
            stop.wait(self._pause_s)
