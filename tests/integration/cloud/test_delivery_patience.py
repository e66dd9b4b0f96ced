"""What becomes of a card while WeCom refuses, limits or is away: kept for as long as it is of use, never sent twice."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cloud_connector.relay.routing import CARD, FOLLOW_UP
from cloud_connector.storage.database import Database
from cloud_connector.storage.deliveries import Delivery
from cloud_connector.storage.migrate import migrate
from cloud_connector.wecom.errors import AppStopped, WeComRefused, WeComUnreachable
from cloud_connector.workers.delivery import DeliveryWorker
from cloud_connector.workers.signal import WorkSignal

BEGAN = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
Trouble = Callable[[], BaseException]


class Far:
    """WeCom: in trouble until it is not."""

    def __init__(self, trouble: Trouble) -> None:
        self.trouble: Trouble | None = trouble
        self.calls: list[str] = []
        self.sent: list[str] = []

    def send(self, delivery: Delivery) -> bool:
        self.calls.append(delivery.id)
        if self.trouble is not None:
            raise self.trouble()
        self.sent.append(delivery.id)
        return False


class Office:
    """One worker on a real database, with a clock that the test moves."""

    def __init__(self, folder: Path, trouble: Trouble) -> None:
        self.now = BEGAN
        self.database = Database(f"sqlite:///{folder / 'connector.db'}")
        migrate(self.database)
        with self.database.begin() as work:
            work.sites.add_store("store", "一店", BEGAN)
        self.far = Far(trouble)
        self.worker = self.a_worker("one")

    def a_worker(self, name: str) -> DeliveryWorker:
        return DeliveryWorker(
            self.database,
            self.far,  # type: ignore[arg-type] # a far end instead of a sender
            WorkSignal(),
            owner=name,
            agent_id=1,
            now=lambda: self.now,
        )

    def queue(self, name: str, *, kind: str = FOLLOW_UP, life: timedelta | None = None) -> None:
        expires = None if life is None else self.now + life
        with self.database.begin() as work:
            work.deliveries.add(Delivery(name, "store", f"e-{name}", f"v-{name}", kind, "heyu", {}, expires), self.now)

    def pass_time(self, span: timedelta, step: timedelta = timedelta(seconds=60)) -> None:
        end = self.now + span
        while self.now < end:
            self.now += step
            self.worker.step()

    def states(self) -> dict[str, int]:
        with self.database.look() as work:
            return work.deliveries.counts()


@pytest.mark.parametrize(
    "trouble",
    [
        lambda: WeComRefused("message/send", -1),
        lambda: WeComRefused("message/send", 45033),
        lambda: WeComRefused("message/send", 45009),
        lambda: WeComRefused("gettoken", 60020),
        lambda: WeComRefused("message/send", 40001),
        lambda: AppStopped(40001),
        lambda: WeComUnreachable("message/send", "HTTP 500", maybe_done=True),
    ],
    ids=["busy", "crowded", "too often", "our address", "secret", "stopped", "away"],
)
def test_an_hour_of_trouble_that_ends_delays_and_loses_nothing(tmp_path: Path, trouble: Trouble) -> None:
    office = Office(tmp_path, trouble)
    office.queue("todo")
    office.queue("card", kind=CARD, life=timedelta(minutes=10))
    office.pass_time(timedelta(hours=1))
    assert office.far.sent == []
    assert office.states() == {"due": 1, "expired": 1}
    office.far.trouble = None
    office.pass_time(timedelta(minutes=3))
    assert office.far.sent == ["todo"]
    assert office.states() == {"done": 1, "expired": 1}


def test_a_code_that_nobody_knows_is_tried_a_few_times_and_told(tmp_path: Path) -> None:
    office = Office(tmp_path, lambda: WeComRefused("message/send", 99_999))
    office.queue("todo")
    office.pass_time(timedelta(minutes=10))
    assert len(office.far.calls) == 4
    assert office.states() == {"dead": 1}


@pytest.mark.parametrize("code", [45009, 60020])
def test_a_token_that_may_not_be_fetched_holds_up_every_message_and_is_asked_for_once_a_minute(
    tmp_path: Path, code: int
) -> None:
    office = Office(tmp_path, lambda: WeComRefused("gettoken", code))
    for number in range(12):
        office.queue(f"todo-{number}")
    office.pass_time(timedelta(minutes=10), timedelta(seconds=5))
    assert len(office.far.calls) <= 3 * 11  # a batch of three was on its way each time
    assert office.states() == {"due": 12}


def test_what_a_dead_process_had_taken_is_taken_up_at_once(tmp_path: Path) -> None:
    office = Office(tmp_path, KeyboardInterrupt)  # dies in the middle, as by kill -9
    office.queue("card", kind=CARD, life=timedelta(minutes=10))
    with pytest.raises(KeyboardInterrupt):
        office.worker.step()
    office.far.trouble = None
    office.worker = office.a_worker("two")
    assert office.worker.step() == 0
    office.worker.free_leases()
    assert office.worker.step() == 1
    assert office.far.sent == ["card"]
