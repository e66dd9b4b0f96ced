"""The connector's outside in memory."""

import threading
from datetime import datetime

from cloud_connector.wecom.tokens import Token


class MemoryTokenShelf:
    """One app's token in memory; `tests/contracts/test_token_shelf.py` proves it equal to the database's."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._token = Token()
        self._claimed_until: datetime | None = None

    def read(self) -> Token:
        with self._lock:
            return self._token

    def claim(self, now: datetime, until: datetime) -> bool:
        with self._lock:
            if self._claimed_until is not None and self._claimed_until > now:
                return False
            self._claimed_until = until
            return True

    def store(self, value: str, expires_at: datetime) -> None:
        with self._lock:
            self._token, self._claimed_until = Token(value, expires_at), None

    def stop(self, code: int) -> None:
        with self._lock:
            self._token, self._claimed_until = Token(stopped=code), None

    def release(self) -> None:
        with self._lock:
            self._claimed_until = None
