"""The access token of one app: fetched once for everybody, renewed before it ends, never hammered.

WeCom bans an address for an hour after many fetches with a wrong secret, and may end a token early (page 91039).
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from cloud_connector.wecom.errors import AppStopped, Policy, WeComRefused, WeComUnreachable

RENEW_BEFORE = timedelta(seconds=300)
FETCH_LEASE = timedelta(seconds=15)
_LOOK_AGAIN_S = 0.05
_PATIENCE_S = 10.0


@dataclass(frozen=True, slots=True)
class Token:
    """What is stored for one app; `stopped` is the code that stopped it."""

    value: str = ""
    expires_at: datetime | None = None
    stopped: int | None = None


class TokenShelf(Protocol):
    """Where all processes keep one app's token. Stopped apps start again when the secret changes."""

    def read(self) -> Token: ...

    def claim(self, now: datetime, until: datetime) -> bool:
        """Become the one process that fetches, until `until`; False when another one is at it."""
        ...

    def store(self, value: str, expires_at: datetime) -> None: ...

    def stop(self, code: int) -> None: ...

    def release(self) -> None:
        """Give up the claim without a token."""
        ...


class TokenStore:
    """Hands out the token; single flight across threads (a lock) and processes (a claim)."""

    def __init__(
        self,
        shelf: TokenShelf,
        fetch: Callable[[], tuple[str, int]],
        now: Callable[[], datetime],
    ) -> None:
        self._shelf = shelf
        self._fetch = fetch
        self._now = now
        self._lock = threading.Lock()
        self._known = Token()

    def token(self) -> str:
        """A token that is good for some minutes.

        Raises:
            AppStopped: an administrator must act first.
            WeComRefused, WeComUnreachable: the fetch failed.

        """
        known = self._known
        return known.value if self._is_fresh(known, "") else self._fresh("")

    def renew(self, failed: str) -> str:
        """A token other than `failed`, which WeCom has just refused; somebody else may have renewed it already."""
        return self._fresh(failed)

    def stop(self, code: int) -> None:
        """No further call until an administrator has changed the settings."""
        self._shelf.stop(code)
        self._known = Token(stopped=code)

    def _is_fresh(self, token: Token, failed: str) -> bool:
        return (
            bool(token.value)
            and token.value != failed
            and token.expires_at is not None
            and token.expires_at - self._now() > RENEW_BEFORE
        )

    def _fresh(self, failed: str) -> str:
        with self._lock:
            waited, pause = 0.0, threading.Event()
            while True:
                if stored := self._stored(failed):
                    return stored
                if self._shelf.claim(self._now(), self._now() + FETCH_LEASE):
                    return self._stored_before_the_claim(failed) or self._fetch_and_store()
                if waited >= _PATIENCE_S:
                    raise WeComUnreachable("gettoken", "another process is still fetching", maybe_done=False)
                pause.wait(_LOOK_AGAIN_S)
                waited += _LOOK_AGAIN_S

    def _stored(self, failed: str) -> str:
        """The token that some process stored; empty when it has to be fetched."""
        stored = self._shelf.read()
        if stored.stopped is not None:
            raise AppStopped(stored.stopped)
        if not self._is_fresh(stored, failed):
            return ""
        self._known = stored
        return stored.value

    def _stored_before_the_claim(self, failed: str) -> str:
        """Another process may have fetched and given its claim back between our look and our claim."""
        stored = self._stored(failed)
        if stored:
            self._shelf.release()
        return stored

    def _fetch_and_store(self) -> str:
        try:
            value, lifetime_s = self._fetch()
        except WeComRefused as refused:
            if refused.policy is Policy.STOP:
                self._shelf.stop(refused.code)
            else:
                self._shelf.release()
            raise
        except WeComUnreachable:
            self._shelf.release()
            raise
        expires_at = self._now() + timedelta(seconds=lifetime_s)
        self._shelf.store(value, expires_at)
        self._known = Token(value, expires_at)
        return value
