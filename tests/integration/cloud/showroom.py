"""A showroom's sync side for tests: outbox, courier with both loops, handler that remembers."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from smart4s_kiosk.app.clock import RandomIds, SystemClock
from smart4s_kiosk.domain.events import Colleague, ConsultantRequested, Fact, VisitEnded
from smart4s_kiosk.domain.ids import MessageId, VisitId
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.outbox import OutboxState
from smart4s_kiosk.ports.storage import Storage
from smart4s_kiosk.ports.vault import DeviceSigner
from smart4s_kiosk.sync.connector_client import ClientSettings, ConnectorClient
from smart4s_kiosk.sync.courier import Courier
from smart4s_kiosk.sync.identity import IdentityFile
from tests.fakes.storage import FakeStorage
from tests.fakes.sync import RecordingHandler
from tests.integration.cloud.device import TestSigner
from tests.waiting import PATIENCE_S


class WrongClock:
    """The machine's clock, wrong by some days."""

    def __init__(self, wrong_by: timedelta) -> None:
        self._true = SystemClock()
        self._wrong_by = wrong_by

    def now(self) -> datetime:
        return self._true.now() + self._wrong_by

    def monotonic(self) -> float:
        return self._true.monotonic()


class Showroom:
    """One terminal with a courier."""

    def __init__(
        self,
        folder: Path,
        url: str,
        *,
        clock: Clock | None = None,
        storage: Storage | None = None,
        signer: DeviceSigner | None = None,
        holder: str = "terminal-1",
        answer_s: float = 20.0,
    ) -> None:
        self.clock = clock or SystemClock()
        self.ids = RandomIds(self.clock)
        self.storage = storage or FakeStorage()
        self.handler = RecordingHandler()
        self.holder = holder
        self.signer = signer or TestSigner()
        self.identity = IdentityFile(folder / f"{holder}.json")
        settings = ClientSettings(url, answer_s=answer_s)
        self.client = ConnectorClient(settings, self.signer, self.identity, self.clock, self.ids)
        self.courier = Courier(self.storage, self.client, self.handler, self.clock, holder=holder)
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self, *, inbox: bool = True) -> None:
        for run in [self.courier.run, *([self.courier.run_inbox] if inbox else [])]:
            thread = threading.Thread(target=run, args=(self._stop,), daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """End both loops, whatever they wait for."""
        self._stop.set()
        self.courier.close()
        for thread in self._threads:
            thread.join(PATIENCE_S)
            assert not thread.is_alive(), "a loop of the courier did not end"

    def tell(self, fact: Fact, aggregate: str, *, life: timedelta | None = None) -> MessageId:
        now = self.clock.now()
        message_id = MessageId(self.ids.new())
        with self.storage.begin() as work:
            expires = None if life is None else now + life
            work.outbox.add(fact, message_id=message_id, aggregate=aggregate, at=now, expires_at=expires)
        self.courier.wake()
        return message_id

    def ask(self, visit: str, consultant: str = "heyu", *, place: str = "1号台", address: str = "张*先生") -> MessageId:
        now = self.clock.now()
        fact = ConsultantRequested(
            visit_id=VisitId(visit),
            visit_version=1,
            consultant_userid=consultant,
            address=address,
            purpose="test_drive",
            party_size=2,
            place=place,
            colleagues=(Colleague("lisi", "李四"),),
            requested_at=now,
            expires_at=now + timedelta(minutes=10),
        )
        return self.tell(fact, f"visit:{visit}", life=timedelta(minutes=10))

    def end(self, visit: str) -> MessageId:
        return self.tell(VisitEnded(VisitId(visit), 2, "served", self.clock.now()), f"visit:{visit}")

    def states(self) -> dict[OutboxState, int]:
        with self.storage.look() as view:
            return {state: count for state, count in view.outbox.counts().items() if count}

    def is_drained(self) -> bool:
        return OutboxState.PENDING not in self.states()


@contextmanager
def showroom(folder: Path, url: str, **more: object) -> Iterator[Showroom]:
    made = Showroom(folder, url, **more)  # type: ignore[arg-type] # named fields of a Showroom
    try:
        yield made
    finally:
        made.stop()
