"""Composition root: database, WeCom, relay, workers and HTTP in one process that stops within ten seconds."""

import logging
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from types import FrameType

import uvicorn

from cloud_connector.api.http import make_http
from cloud_connector.api.metrics import Metrics
from cloud_connector.api.parking import Parking
from cloud_connector.api.parts import Parts
from cloud_connector.relay.callbacks import Callbacks
from cloud_connector.relay.spool import Spool
from cloud_connector.settings import Settings
from cloud_connector.storage.database import Database
from cloud_connector.storage.migrate import migrate
from cloud_connector.storage.tokens import DatabaseTokenShelf
from cloud_connector.storage.wakeup import listen
from cloud_connector.wecom.callback_crypto import CallbackCrypto
from cloud_connector.wecom.caller import WeComCaller
from cloud_connector.wecom.messages import Messages
from cloud_connector.wecom.tokens import Token
from cloud_connector.workers.cleanup import Cleanup
from cloud_connector.workers.delivery import DeliveryWorker
from cloud_connector.workers.sending import Sender
from cloud_connector.workers.signal import WorkSignal

log = logging.getLogger(__name__)
GRACE_S = 5
JOIN_S = 3.0


def utc_now() -> datetime:
    """The wall time."""
    return datetime.now(UTC)


class Connector:
    """One process: what it is made of, and its start and stop."""

    def __init__(self, settings: Settings, now: Callable[[], datetime] = utc_now) -> None:
        self.settings = settings
        self.database = Database(settings.database_url)
        migrate(self.database)
        self.parking = Parking()
        self.signal = WorkSignal()
        self.database.on_commit(self._wake)
        self.metrics = Metrics()
        self._shelf = DatabaseTokenShelf(
            self.database,
            corp_id=settings.corp_id,
            agent_id=str(settings.agent_id),
            secret=settings.secret,
            make=Token,
        )
        self.caller = WeComCaller(
            base_url=settings.wecom_base_url,
            corp_id=settings.corp_id,
            secret=settings.secret,
            shelf=self._shelf,
            now=now,
            observe=self.metrics.observe_call,
        )
        self.spool = Spool(settings.data_folder / "spool")
        self.callbacks = Callbacks(
            self.database,
            self.spool,
            _cryptos(settings),
            corp_id=settings.corp_id,
            later_minutes=settings.later_minutes,
            now=now,
        )
        self._now = now
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def http(self) -> uvicorn.Server:
        """The server for this connector's HTTP side."""
        parts = Parts(
            database=self.database,
            callbacks=self.callbacks,
            spool=self.spool,
            parking=self.parking,
            metrics=self.metrics,
            corp_id=self.settings.corp_id,
            agent_id=self.settings.agent_id,
            is_stopped=lambda: self._shelf.read().stopped,
            now=self._now,
        )
        config = uvicorn.Config(
            make_http(parts),
            host=self.settings.host,
            port=self.settings.port,
            timeout_graceful_shutdown=GRACE_S,
            timeout_keep_alive=40,
            log_config=None,
            access_log=False,
            server_header=False,
        )
        return _Server(config, self.parking)

    def start_workers(self) -> None:
        """Start the senders, the clean-up and, on PostgreSQL, the listener."""
        messages = Messages(self.caller, self.settings.agent_id)
        sender = Sender(self.database, messages, self.settings.zone, self._now)
        loops: list[tuple[str, Callable[[threading.Event], None]]] = [
            ("cleanup", Cleanup(self.database, self.callbacks, self._now).run)
        ]
        for number in range(self.settings.senders):
            worker = DeliveryWorker(
                self.database,
                sender,
                self.signal,
                owner=f"sender-{secrets.token_hex(6)}",
                agent_id=self.settings.agent_id,
                now=self._now,
            )
            if number == 0 and not self.database.is_postgres:
                worker.free_leases()  # a SQLite file has one connector: what is leased there, a process took that died
            loops.append((f"sender-{number}", worker.run))
        if self.database.is_postgres:
            loops.append(("listener", lambda stop: listen(self.database, stop)))
        for name, run in loops:
            thread = threading.Thread(target=run, args=(self._stop,), name=name, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Release polls, let workers finish their message, close everything."""
        self._stop.set()
        self.parking.close()
        self.signal.ring()
        for thread in self._threads:
            thread.join(JOIN_S)
            if thread.is_alive():
                log.warning("worker did not stop in time", extra={"worker": thread.name})
        self.caller.close()
        self.database.close()

    def _wake(self, channel: str, key: str) -> None:
        if channel == "inbox":
            self.parking.wake(key)
        else:
            self.signal.ring()


class _Server(uvicorn.Server):
    """Releases parked polls the moment it is asked to stop; it would wait for them otherwise."""

    def __init__(self, config: uvicorn.Config, parking: Parking) -> None:
        super().__init__(config)
        self._parking = parking

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._parking.close()
        super().handle_exit(sig, frame)


def _cryptos(settings: Settings) -> list[CallbackCrypto]:
    pairs = [(settings.callback_token, settings.aes_key)]
    if settings.old_aes_key:
        pairs.append((settings.old_callback_token, settings.old_aes_key))
    return [CallbackCrypto(token, key, settings.corp_id) for token, key in pairs]


def serve(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT."""
    connector = Connector(settings)
    connector.start_workers()
    log.info("connector starts", extra={"action": "start", "listen": f"{settings.host}:{settings.port}"})
    try:
        with suppress(KeyboardInterrupt):
            connector.http().run()
    finally:
        connector.stop()
        log.info("connector stopped", extra={"action": "stop"})
