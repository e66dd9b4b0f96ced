"""A callback's way in: checked, on disk, in the database, answered; the same way for what a crash left on disk."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from cloud_connector.relay.replies import take_callback
from cloud_connector.relay.spool import Spool, Spooled
from cloud_connector.storage.database import Database, DatabaseAway
from cloud_connector.wecom.callback_crypto import CallbackCrypto, CallbackRefused
from cloud_connector.wecom.callback_xml import CallbackEvent, button_answer, envelope, event_of, sealed_answer

log = logging.getLogger(__name__)


class Callbacks:
    """Callbacks of one app. `cryptos`: the present keys first, then those before a rotation."""

    def __init__(
        self,
        database: Database,
        spool: Spool,
        cryptos: Sequence[CallbackCrypto],
        *,
        corp_id: str,
        later_minutes: int,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._spool = spool
        self._cryptos = cryptos
        self._corp_id = corp_id
        self._later_minutes = later_minutes
        self._now = now

    def check_url(self, question: Spooled, echo: str) -> bytes:
        """The plain echo that WeCom expects when an administrator saves the address.

        Raises:
            CallbackRefused: not WeCom's.

        """
        return self._opened(question, echo)[0]

    def take(self, callback: Spooled) -> bytes:
        """The encrypted answer, empty where there is nothing to say.

        Raises:
            CallbackRefused: not WeCom's or not ours; nothing was kept.
            DatabaseAway: kept on disk; WeCom tries again, and so do we.

        """
        event, crypto = self._event(callback)
        path = self._spool.keep(callback)
        said = self._in_database(event)
        self._spool.forget(path)
        if not said:
            return b""
        unix_ts = int(self._now().timestamp())
        plain = button_answer(member=event.sender, corp_id=event.to, unix_ts=unix_ts, words=said)
        encrypted, timestamp = crypto.seal(plain), str(unix_ts)
        return sealed_answer(
            encrypted=encrypted,
            signature=crypto.signature(timestamp, callback.nonce, encrypted),
            timestamp=timestamp,
            nonce=callback.nonce,
        )

    def replay(self) -> int:
        """Take what is still on disk; answers how many were taken."""
        taken = 0
        for path, callback in self._spool.waiting():
            try:
                event, _crypto = self._event(callback)
                self._in_database(event)
            except CallbackRefused as refused:
                log.warning("spooled callback refused", extra={"action": "replay", "why": refused.reason})
            except DatabaseAway:
                return taken
            self._spool.forget(path)
            taken += 1
        return taken

    def _in_database(self, event: CallbackEvent) -> str:
        with self._database.begin() as work:
            return take_callback(work, event, self._corp_id, self._now(), self._later_minutes)

    def _event(self, callback: Spooled) -> tuple[CallbackEvent, CallbackCrypto]:
        _receiver, encrypted = envelope(callback.body.encode())
        plain, crypto = self._opened(callback, encrypted)
        event = event_of(plain)
        if event.to != self._corp_id:
            raise CallbackRefused("receive_id")
        return event, crypto

    def _opened(self, callback: Spooled, encrypted: str) -> tuple[bytes, CallbackCrypto]:
        refusal = CallbackRefused("signature")
        for crypto in self._cryptos:
            try:
                return crypto.open(callback.signature, callback.timestamp, callback.nonce, encrypted), crypto
            except CallbackRefused as refused:
                refusal = refused
        raise refusal
