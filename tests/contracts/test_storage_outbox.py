"""Whatever happens between store and cloud, each fact arrives once and in order per visit.

A machine plays it: transactions that commit or crash, answers that are lost, late or doubled, a courier that works from
an old list, refusals and a manager's hand, and (on the real database) a power cut.
"""

import shutil
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.domain.events import VisitEnded
from smart4s_kiosk.domain.ids import MessageId, VisitId
from smart4s_kiosk.ports.outbox import OutboxMessage
from smart4s_kiosk.ports.storage import Storage
from smart4s_kiosk.storage.open import DatabasePlace, open_storage
from smart4s_kiosk.storage.unit_of_work import SqlStorage
from tests.contracts.storage_values import TEN
from tests.fakes.storage import FakeStorage
from tests.showroom_databases import KEY, Listener

VISITS = st.sampled_from(["a", "b", "c"])
PICK = st.integers(0, 5)


class Cloud:
    """Takes each message once, as the connector's intake does."""

    def __init__(self) -> None:
        self.log: dict[str, list[int]] = {"a": [], "b": [], "c": []}
        self._seen: set[MessageId] = set()

    def receive(self, message: OutboxMessage) -> None:
        if message.message_id not in self._seen:
            self._seen.add(message.message_id)
            assert isinstance(message.fact, VisitEnded)
            self.log[message.fact.visit_id].append(message.fact.visit_version)


class Delivery(RuleBasedStateMachine):
    """The store on one side, the cloud on the other."""

    storage: Storage

    def __init__(self) -> None:
        super().__init__()
        self.cloud = Cloud()
        self.committed: dict[str, list[int]] = {"a": [], "b": [], "c": []}
        self.now = TEN
        self.made = 0
        self.old_list: list[OutboxMessage] = []
        self.answers: list[MessageId] = []
        self.open()

    def open(self) -> None:
        self.storage = FakeStorage()

    @rule(visit=VISITS, crashes=st.booleans(), facts=st.integers(1, 3))
    def write(self, visit: str, crashes: bool, facts: int) -> None:
        """A use case adds facts; the lights may go out before its commit."""
        numbers = list(range(self.made + 1, self.made + 1 + facts))
        self.made += facts
        with suppress(ZeroDivisionError), self.storage.begin() as work:
            for number in numbers:
                work.outbox.add(
                    VisitEnded(VisitId(visit), number, "served", self.now),
                    message_id=MessageId(f"m{number}"),
                    aggregate=f"visit:{visit}",
                    at=self.now,
                )
            _ = 1 / (not crashes)
        if not crashes:
            self.committed[visit] += numbers

    @rule(limit=st.integers(1, 3))
    def read_list(self, limit: int) -> None:
        """A courier reads what is due, and may be slow to send it."""
        with self.storage.look() as view:
            self.old_list = list(view.outbox.due(self.now, limit=limit))

    @precondition(lambda self: self.old_list)
    @rule(answer=st.sampled_from(["answered", "late", "lost", "crash"]), backwards=st.booleans())
    def send(self, answer: str, backwards: bool) -> None:
        """The cloud takes the list, in any order; what becomes of its answer is another matter."""
        for message in reversed(self.old_list) if backwards else self.old_list:
            self.cloud.receive(message)
        ids = [message.message_id for message in self.old_list]
        if answer == "late":
            self.answers += ids
        with self.storage.begin() as work:
            if answer == "answered":
                work.outbox.mark_sent(ids)
            if answer == "lost":
                work.outbox.try_again(ids, next_at=self.now + timedelta(seconds=5), error="no answer")

    @precondition(lambda self: self.answers)
    @rule(pick=PICK, twice=st.booleans())
    def late_answer(self, pick: int, twice: bool) -> None:
        answered = self.answers.pop(pick % len(self.answers))
        for _each in range(1 + twice):
            with self.storage.begin() as work:
                work.outbox.mark_sent([answered])

    @precondition(lambda self: self.old_list)
    @rule(pick=PICK)
    def refuse(self, pick: int) -> None:
        with self.storage.begin() as work:
            work.outbox.park(self.old_list[pick % len(self.old_list)].message_id, "refused")

    @rule(pick=PICK)
    def managers_hand(self, pick: int) -> None:
        with self.storage.begin() as work:
            parked = work.outbox.parked()
            if parked:
                work.outbox.release(parked[pick % len(parked)].message_id, at=self.now)

    @rule(seconds=st.integers(1, 10))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def power_cut(self) -> None:
        """Everything in memory is gone."""
        self.old_list, self.answers = [], []
        self.reopen()

    def reopen(self) -> None:
        pass

    @invariant()
    def the_cloud_has_a_beginning_of_each_visit(self) -> None:
        for visit, arrived in self.cloud.log.items():
            assert arrived == self.committed[visit][: len(arrived)]

    def teardown(self) -> None:
        """In the end nothing is missing."""
        for _round in range(self.made + 1):
            self.now += timedelta(minutes=1)
            with self.storage.begin() as work:
                for parked in work.outbox.parked():
                    work.outbox.release(parked.message_id, at=self.now)
                for message in work.outbox.due(self.now):
                    self.cloud.receive(message)
                    work.outbox.mark_sent([message.message_id])
        assert self.cloud.log == self.committed


class DeliveryFromFile(Delivery):
    """The same from SQLCipher, which is opened anew after each power cut."""

    template: ClassVar[Path]

    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(self.template, self.folder / "showroom.db")
        self.reopen()

    def reopen(self) -> None:
        if hasattr(self, "storage"):
            self._close()
        place = DatabasePlace(None, self.folder / "showroom.db", KEY)
        self.storage = open_storage(place, announcer=Listener(), clock=SystemClock()).storage

    def teardown(self) -> None:
        try:
            super().teardown()
        finally:
            self._close()
            shutil.rmtree(self.folder)

    def _close(self) -> None:
        assert isinstance(self.storage, SqlStorage)
        self.storage.close()


def test_each_fact_arrives_once_and_in_order() -> None:
    run_state_machine_as_test(Delivery, settings=settings(max_examples=100, stateful_step_count=40, deadline=None))


def test_each_fact_arrives_once_and_in_order_from_the_file(sqlcipher_template: Path) -> None:
    DeliveryFromFile.template = sqlcipher_template
    run_state_machine_as_test(
        DeliveryFromFile,
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
        ),
    )
