"""Seeing from one terminal whether another one's line to the connector is up."""

from datetime import timedelta

from smart4s_kiosk.domain.events import VisitEnded
from smart4s_kiosk.domain.ids import MessageId, VisitId
from smart4s_kiosk.sync.courier_lease import CourierLease
from smart4s_kiosk.sync.others_line import OthersLine
from tests.fakes.clock import FakeClock
from tests.fakes.storage import FakeStorage


def a_message(storage: FakeStorage, clock: FakeClock, name: str) -> None:
    with storage.begin() as work:
        fact = VisitEnded(VisitId(name), 1, "served", clock.now())
        work.outbox.add(fact, message_id=MessageId(name), aggregate=f"visit:{name}", at=clock.now())


def is_stuck_after(line: OthersLine, clock: FakeClock, seconds: int) -> bool:
    for _second in range(seconds):
        clock.advance(1)
        line.is_stuck()
    return line.is_stuck()


def test_a_message_that_does_not_leave_for_half_a_minute_means_an_outage_until_it_leaves() -> None:
    clock, storage = FakeClock(), FakeStorage()
    line = OthersLine(storage, clock)
    assert not is_stuck_after(line, clock, 60)
    a_message(storage, clock, "v-1")
    assert not is_stuck_after(line, clock, 25)
    assert is_stuck_after(line, clock, 15)
    with storage.begin() as work:
        work.outbox.mark_sent([MessageId("v-1")])
    assert not is_stuck_after(line, clock, 6)


def test_messages_that_come_and_go_are_no_outage_and_a_clock_that_jumps_changes_nothing() -> None:
    clock, storage = FakeClock(), FakeStorage()
    line = OthersLine(storage, clock)
    for number in range(12):
        a_message(storage, clock, f"v-{number}")
        assert not is_stuck_after(line, clock, 10)
        clock.set(clock.now() + timedelta(days=3 * (-1) ** number))
        with storage.begin() as work:
            work.outbox.mark_sent([MessageId(f"v-{number}")])


def test_what_stands_behind_a_parked_message_is_no_outage() -> None:
    clock, storage = FakeClock(), FakeStorage()
    line = OthersLine(storage, clock)
    a_message(storage, clock, "v-1")
    with storage.begin() as work:
        work.outbox.park(MessageId("v-1"), "invalid")
        fact = VisitEnded(VisitId("v-1"), 2, "served", clock.now())
        work.outbox.add(fact, message_id=MessageId("behind"), aggregate="visit:v-1", at=clock.now())
    assert not is_stuck_after(line, clock, 60)


def test_who_stands_aside_lets_go_and_asks_again_only_afterwards() -> None:
    clock, storage = FakeClock(), FakeStorage()
    first, second = (CourierLease(storage, clock, name) for name in ("first", "second"))
    assert first.is_held()
    assert not second.is_held()
    first.stand_aside(3)
    assert first.is_aside
    assert not first.is_held()
    assert not second.is_held()  # it has asked a moment ago
    clock.advance(1)
    assert second.is_held()
    clock.advance(3)
    assert not first.is_held()
    second.give_up()
    clock.advance(1)
    assert first.is_held()
    first.stand_aside(60)
    first.step_forward()
    assert first.is_held()


def test_asking_locks_the_database_once_a_second_at_most() -> None:
    clock, storage = FakeClock(), FakeStorage()
    assert CourierLease(storage, clock, "first").is_held()
    second, asked = CourierLease(storage, clock, "second"), []
    begin = storage.begin

    def counted() -> object:
        asked.append(clock.monotonic())
        return begin()

    storage.begin = counted  # type: ignore[method-assign, assignment] # counts what the question opens
    for _tenth in range(50):
        assert not second.is_held()
        clock.advance(0.1)
    assert len(asked) <= 6
