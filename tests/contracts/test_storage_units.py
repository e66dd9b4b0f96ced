"""Units of work, announcements, outbox and leases behave alike in memory, on SQLCipher and on PostgreSQL."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from smart4s_kiosk.domain.errors import NotFound, RuleBroken, VersionConflict
from smart4s_kiosk.domain.events import VisitAccepted, VisitEnded
from smart4s_kiosk.domain.ids import AgreementId, CarId, KeyId, MessageId, StaffId, VisitId
from smart4s_kiosk.domain.keys import Key
from smart4s_kiosk.domain.visits import VisitAct
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.ports.outbox import LONGEST_PAUSE, OutboxMessage, OutboxState
from smart4s_kiosk.ports.storage import Storage, UnitOfWork, UnitOfWorkMisused
from tests.contracts.storage_values import DESK, TEN, TODAY, a_beginning, a_full_customer, a_step, later
from tests.showroom_databases import Showroom
from tests.waiting import PATIENCE_S


class LightsOut(Exception):
    """Stands for anything that ends a unit of work too early."""


def test_a_unit_that_fails_leaves_nothing(showroom: Showroom) -> None:
    visit, step = a_beginning()
    with pytest.raises(LightsOut), showroom.storage.begin() as work:  # noqa: PT012 - all of it must be undone
        work.visits.add(visit, step)
        work.customers.add(a_full_customer())
        add_message(work, "m1")
        work.audit.append(at=TEN, act="x", subject_id="", staff_id=None, terminal_id=DESK)
        work.leases.take("courier", "one", now=TEN, seconds=10)
        work.announce("visits", visit.id)
        raise LightsOut
    with showroom.storage.begin() as work:
        with pytest.raises(NotFound):
            work.visits.get(visit.id)
        assert work.visits.journal(visit.id) == []
        assert work.customers.by_phone("f-phone") == []
        assert work.outbox.counts()[OutboxState.PENDING] == 0
        assert work.audit.between(TEN, later(1)) == []
        assert work.leases.take("courier", "two", now=TEN, seconds=10)
        work.visits.add(visit, step)
    assert showroom.listener.heard == []


def test_a_caught_conflict_does_not_spoil_the_unit(storage: Storage) -> None:
    with storage.begin() as work:
        work.receipts.keep("key", "v1", TEN)
        with pytest.raises(VersionConflict):
            work.receipts.keep("key", "v2", TEN)
        work.receipts.keep("other", "v3", TEN)
    with storage.look() as view:
        assert (view.receipts.find("key"), view.receipts.find("other")) == ("v1", "v3")


CHANGES: list[Callable[[UnitOfWork], object]] = [
    lambda work: work.visits.add(*a_beginning()),
    lambda work: work.customers.put(a_full_customer()),
    lambda work: work.counters.next("visits", TODAY),
    lambda work: work.receipts.keep("key", "v", TEN),
    lambda work: work.leases.take("courier", "one", now=TEN, seconds=1),
    lambda work: work.leases.give_up("courier", "one"),
    lambda work: work.commands.is_new("m", TEN),
    lambda work: work.commands.move_cursor(1),
    lambda work: work.outbox.mark_sent([MessageId("m")]),
    lambda work: work.outbox.forget_sent_before(TEN),
    lambda work: work.foot_traffic.forget_before(TEN),
    lambda work: work.audit.append(at=TEN, act="x", subject_id="", staff_id=None, terminal_id=DESK),
    lambda work: work.announce("visits"),
    lambda work: add_message(work, "m"),
]


@pytest.mark.parametrize("change", range(len(CHANGES)))
def test_looking_changes_nothing(storage: Storage, change: int) -> None:
    with storage.look() as view, pytest.raises(UnitOfWorkMisused):
        CHANGES[change](view)


def test_a_unit_is_over_when_its_block_ends(storage: Storage) -> None:
    with storage.begin() as work:
        pass
    with storage.look() as view:
        pass
    with pytest.raises(UnitOfWorkMisused):
        work.counters.next("visits", TODAY)
    with pytest.raises(UnitOfWorkMisused):
        view.counters.next("visits", TODAY)


@pytest.mark.parametrize("outer", ["begin", "look"])
@pytest.mark.parametrize("inner", ["begin", "look"])
def test_a_thread_opens_one_unit_at_a_time(storage: Storage, outer: str, inner: str) -> None:
    with getattr(storage, outer)(), pytest.raises(UnitOfWorkMisused), getattr(storage, inner)():
        pass
    with storage.begin() as work:
        assert work.counters.next("visits", TODAY) == 1


def test_a_reader_neither_waits_for_a_writer_nor_sees_its_draft(storage: Storage) -> None:
    visit, step = a_beginning()
    with ThreadPoolExecutor(1) as other_thread:
        with storage.begin() as work:
            work.visits.add(visit, step)
            assert other_thread.submit(_open_visits, storage).result(timeout=PATIENCE_S) == 0
        assert other_thread.submit(_open_visits, storage).result(timeout=PATIENCE_S) == 1


def test_a_reader_sees_one_moment(storage: Storage) -> None:
    with ThreadPoolExecutor(1) as other_thread, storage.look() as view:
        assert view.visits.open_visits() == []
        other_thread.submit(_add_visit, storage, "v1").result(timeout=PATIENCE_S)
        assert view.visits.open_visits() == []
    assert _open_visits(storage) == 1


def _open_visits(storage: Storage) -> int:
    with storage.look() as view:
        return len(view.visits.open_visits())


def _add_visit(storage: Storage, visit_id: str) -> None:
    with storage.begin() as work:
        work.visits.add(*a_beginning(visit_id))


def test_announcements_follow_the_commit(showroom: Showroom) -> None:
    with showroom.storage.begin() as work:
        work.announce("visits", "v1")
        work.announce("keys")
        assert showroom.listener.heard == []
    assert showroom.listener.heard == [Announcement("visits", "v1"), Announcement("keys")]


def test_four_threads_fight_for_twenty_keys(storage: Storage) -> None:
    """Read, then write: what was read must still be true. Twenty wins, sixty refusals, nothing twice."""
    keys = [Key(KeyId(f"k{n:02}"), 1, CarId("car"), f"{n:02}") for n in range(20)]
    with storage.begin() as work:
        for key in keys:
            work.keys.add(key)
    start = threading.Barrier(4)

    def reach_for_all(person: str) -> tuple[int, int]:
        start.wait(PATIENCE_S)
        wins = refusals = 0
        for key in keys:
            try:
                with storage.begin() as work:
                    found = work.keys.get(key.id)
                    work.keys.put(
                        found.hand_out(StaffId(person), agreement_id=AgreementId("a"), due_at=later(30), at=TEN)
                    )
                wins += 1
            except RuleBroken:
                refusals += 1
        return wins, refusals

    with ThreadPoolExecutor(4) as people:
        counts = list(people.map(reach_for_all, ["li", "wang", "zhao", "chen"]))
    assert (sum(wins for wins, _r in counts), sum(refusals for _w, refusals in counts)) == (20, 60)
    with storage.look() as view:
        assert {key.version for key in view.keys.all()} == {2}


def test_two_accept_a_visit_and_one_is_refused(storage: Storage) -> None:
    """Each reads the visit first and writes later, as two tablets do whose pages show the same visitor."""
    races = 50
    with storage.begin() as work:
        for number in range(races):
            visit, step = a_beginning(f"v{number}")
            work.visits.add(visit, step)
    start = threading.Barrier(2)

    def accept(person: str) -> int:
        wins = 0
        for number in range(races):
            with storage.look() as view:
                visit = view.visits.get(VisitId(f"v{number}"))
            start.wait(PATIENCE_S)
            after, step = a_step(replace(visit, version=1), VisitAct.IDENTIFY, by=StaffId(person))
            try:
                with storage.begin() as work:
                    work.visits.put(after, step)
                wins += 1
            except VersionConflict:
                pass
            start.wait(PATIENCE_S)
        return wins

    with ThreadPoolExecutor(2) as people:
        wins = list(people.map(accept, ["li", "wang"]))
    assert sum(wins) == races
    with storage.look() as view:
        for number in range(races):
            assert [step.number for step in view.visits.journal(VisitId(f"v{number}"))] == [1, 2]


def test_counters_have_no_gap_in_a_crowd(storage: Storage) -> None:
    def count(_thread: int) -> list[int]:
        numbers = []
        for _each in range(10):
            with storage.begin() as work:
                numbers.append(work.counters.next("visits", TODAY))
        return numbers

    with ThreadPoolExecutor(4) as threads:
        numbers = [n for numbers in threads.map(count, range(4)) for n in numbers]
    assert sorted(numbers) == list(range(1, 41))


def a_fact(visit_id: str) -> VisitEnded:
    return VisitEnded(VisitId(visit_id), 3, "served", TEN)


def add_message(
    work: UnitOfWork, message_id: str, *, about: str = "v1", at: datetime = TEN, expires_at: datetime | None = None
) -> None:
    work.outbox.add(
        a_fact(about), message_id=MessageId(message_id), aggregate=f"visit:{about}", at=at, expires_at=expires_at
    )


def due(storage: Storage, now: datetime = TEN, limit: int = 100) -> list[str]:
    with storage.look() as view:
        return [message.message_id for message in view.outbox.due(now, limit=limit)]


@pytest.fixture
def loaded(storage: Storage) -> Storage:
    """Three messages of one visit, two of another, one of a third."""
    with storage.begin() as work:
        for message_id, about in (("a1", "a"), ("b1", "b"), ("a2", "a"), ("c1", "c"), ("b2", "b"), ("a3", "a")):
            add_message(work, message_id, about=about)
    return storage


def test_a_message_comes_back_as_it_went(storage: Storage) -> None:
    fact = VisitAccepted(VisitId("v1"), 2, "lina", "李娜", later(1))
    with storage.begin() as work:
        work.outbox.add(fact, message_id=MessageId("m1"), aggregate="visit:v1", at=TEN, expires_at=later(3))
    with storage.look() as view:
        [message] = view.outbox.due(TEN)
    assert message == OutboxMessage(
        sequence=message.sequence,
        message_id=MessageId("m1"),
        aggregate="visit:v1",
        fact=fact,
        created_at=TEN,
        expires_at=later(3),
        attempts=0,
        next_at=TEN,
        state=OutboxState.PENDING,
    )
    with storage.begin() as work, pytest.raises(VersionConflict):
        add_message(work, "m1")


def test_only_the_oldest_message_of_each_visit_is_due(loaded: Storage) -> None:
    assert due(loaded) == ["a1", "b1", "c1"]
    assert due(loaded, limit=2) == ["a1", "b1"]
    with loaded.begin() as work:
        work.outbox.mark_sent([MessageId("a1"), MessageId("c1"), MessageId("unknown")])
    assert due(loaded) == ["b1", "a2"]
    with loaded.look() as view:
        assert view.outbox.counts() == {"pending": 4, "sent": 2, "expired": 0, "parked": 0}


def test_a_message_that_must_wait_holds_up_its_own_visit_only(loaded: Storage) -> None:
    with loaded.begin() as work:
        work.outbox.try_again([MessageId("a1"), MessageId("unknown")], next_at=later(1), error="network")
    assert due(loaded) == ["b1", "c1"]
    assert due(loaded, later(1)) == ["a1", "b1", "c1"]
    with loaded.look() as view:
        first = view.outbox.due(later(1))[0]
        assert (first.attempts, first.last_error, first.next_at) == (1, "network", later(1))


def test_a_clock_that_was_set_back_holds_nothing_up(loaded: Storage) -> None:
    """A terminal whose clock ran three days ahead wrote them; the courier's is right (or was put right)."""
    with loaded.begin() as work:
        work.outbox.try_again([MessageId("a1")], next_at=TEN + LONGEST_PAUSE, error="network")
    assert due(loaded) == ["b1", "c1"], "a1 was tried a moment ago"
    assert due(loaded, TEN - timedelta(days=3)) == ["a1", "b1", "c1"]


def test_an_expired_message_lets_the_next_one_go(loaded: Storage) -> None:
    with loaded.begin() as work:
        work.outbox.mark_expired([MessageId("a1")])
    assert due(loaded) == ["b1", "a2", "c1"]


def test_a_parked_message_waits_for_a_managers_hand_and_so_do_those_behind_it(loaded: Storage) -> None:
    with loaded.begin() as work:
        work.outbox.park(MessageId("a1"), "unknown recipient")
        add_message(work, "a4", about="a")
    assert due(loaded) == ["b1", "c1"]
    with loaded.look() as view:
        [parked] = view.outbox.parked()
        assert (parked.message_id, parked.last_error) == ("a1", "unknown recipient")
        assert view.outbox.counts()[OutboxState.PARKED] == 1
    with loaded.begin() as work:
        work.outbox.try_again([MessageId("a1")], next_at=later(9), error="late answer")
        work.outbox.mark_expired([MessageId("a1")])
        work.outbox.release(MessageId("a1"), at=later(1))
        work.outbox.release(MessageId("b1"), at=later(9))
    assert due(loaded, later(1)) == ["a1", "b1", "c1"]


def test_the_clouds_answer_is_the_truth_also_for_a_parked_message(loaded: Storage) -> None:
    with loaded.begin() as work:
        work.outbox.park(MessageId("a1"), "refused")
        work.outbox.mark_sent([MessageId("a1")])
        work.outbox.park(MessageId("a1"), "a late answer changes nothing")
    assert due(loaded) == ["b1", "a2", "c1"]


def test_only_old_and_finished_messages_are_forgotten(loaded: Storage) -> None:
    with loaded.look() as view:
        assert view.outbox.oldest_pending_at() == TEN
    with loaded.begin() as work:
        work.outbox.mark_sent([MessageId("a1")])
        work.outbox.mark_expired([MessageId("b1")])
        work.outbox.park(MessageId("c1"), "refused")
        add_message(work, "d1", about="d", at=later(5))
        work.outbox.mark_sent([MessageId("d1")])
    with loaded.begin() as work:
        assert work.outbox.forget_sent_before(TEN) == 0
        assert work.outbox.forget_sent_before(later(5)) == 2
        assert work.outbox.counts() == {"pending": 3, "sent": 1, "expired": 0, "parked": 1}
        work.outbox.mark_sent([MessageId(each) for each in ("a2", "a3", "b2")])
        assert work.outbox.oldest_pending_at() is None


def take(storage: Storage, holder: str, seconds_later: float) -> bool:
    with storage.begin() as work:
        return work.leases.take("courier", holder, now=TEN + timedelta(seconds=seconds_later), seconds=10)


def test_one_holds_the_lease_until_it_runs_out_or_is_given_up(storage: Storage) -> None:
    assert take(storage, "one", 0)
    assert not take(storage, "two", 9)
    assert take(storage, "one", 9)
    assert not take(storage, "two", 18)
    assert take(storage, "two", 19)
    assert not take(storage, "one", 20)
    with storage.begin() as work:
        work.leases.give_up("courier", "one")
        assert not work.leases.take("courier", "one", now=later(0.4), seconds=10)
        work.leases.give_up("courier", "two")
        assert work.leases.take("courier", "one", now=later(0.4), seconds=10)
        assert work.leases.take("other", "two", now=later(0.4), seconds=10)


def test_a_dead_holder_whose_clock_was_ahead_blocks_nobody(storage: Storage) -> None:
    three_days = 3 * 24 * 3600
    assert take(storage, "ahead", three_days)
    assert not take(storage, "two", 0)
    assert not take(storage, "two", 9)
    assert take(storage, "ahead", three_days + 9)
    assert not take(storage, "two", 11)
    assert not take(storage, "two", 20)
    assert take(storage, "two", 21)


def test_of_four_one_gets_the_lease(storage: Storage) -> None:
    with ThreadPoolExecutor(4) as processes:
        taken = list(processes.map(lambda holder: take(storage, holder, 0), ["one", "two", "three", "four"]))
    assert sorted(taken) == [False, False, False, True]
