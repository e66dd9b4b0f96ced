"""What one process announces, the others hear: on the file, on PostgreSQL, and after the server was away."""

import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.storage import tables
from smart4s_kiosk.storage.announcements import CONCEPTS, AnnouncementFeed
from smart4s_kiosk.storage.border import StatementRefused
from smart4s_kiosk.storage.database import PostgresDatabase
from smart4s_kiosk.storage.open import DatabasePlace, OpenStorage, migrate, open_storage
from smart4s_kiosk.storage.unit_of_work import SqlStorage
from tests.contracts.storage_values import TODAY, a_full_customer
from tests.fakes.clock import FakeClock
from tests.postgres import PostgresServer, running_server
from tests.showroom_databases import KEY, Listener
from tests.waiting import PATIENCE_S

Open = Callable[[Listener], OpenStorage]


@contextmanager
def running(opened: OpenStorage) -> Iterator[None]:
    """The feed's loop in a thread, as `app/workers.py` runs it; it must end."""
    stop = threading.Event()
    loop = threading.Thread(target=opened.feed.run, args=(stop,))
    loop.start()
    try:
        yield
    finally:
        stop.set()
        loop.join(PATIENCE_S)
        assert not loop.is_alive(), "the loop did not stop"


def announce(opened: OpenStorage, subject_id: str) -> None:
    with opened.storage.begin() as work:
        work.announce("visits", subject_id)


def test_others_hear_it_once_and_the_announcer_hears_it_from_itself(opened: Open) -> None:
    kiosk, desk = Listener(), Listener()
    kiosk_storage, desk_storage = opened(kiosk), opened(desk)
    with running(kiosk_storage), running(desk_storage):
        announce(kiosk_storage, "v1")
        assert desk.wait_for(Announcement("visits", "v1"))
        announce(desk_storage, "v2")
        assert kiosk.wait_for(Announcement("visits", "v2"))
        announce(kiosk_storage, "v3")
        assert desk.wait_for(Announcement("visits", "v3"))
    expected = [Announcement("visits", each) for each in ("v1", "v2", "v3")]
    assert kiosk.heard == expected
    assert desk.heard == expected


def test_what_was_announced_between_opening_and_listening_is_heard(opened: Open) -> None:
    desk = Listener()
    desk_storage, kiosk_storage = opened(desk), opened(Listener())
    announce(kiosk_storage, "v1")
    with running(desk_storage):
        assert desk.wait_for(Announcement("visits", "v1"))


def test_what_was_announced_before_opening_is_not(opened: Open) -> None:
    kiosk_storage = opened(Listener())
    announce(kiosk_storage, "old")
    desk = Listener()
    with running(opened(desk)):
        announce(kiosk_storage, "new")
        assert desk.wait_for(Announcement("visits", "new"))
    assert desk.heard == [Announcement("visits", "new")]


def test_a_rolled_back_announcement_is_heard_by_nobody(opened: Open) -> None:
    desk = Listener()
    kiosk_storage = opened(Listener())
    with running(opened(desk)):
        with pytest.raises(ZeroDivisionError), kiosk_storage.storage.begin() as work:
            work.announce("visits", str(1 / 0))
        announce(kiosk_storage, "v2")
        assert desk.wait_for(Announcement("visits", "v2"))
    assert desk.heard == [Announcement("visits", "v2")]


def test_the_same_thing_announced_often_is_told_once_a_round(opened: Open) -> None:
    desk = Listener()
    desk_storage, kiosk_storage = opened(desk), opened(Listener())
    for _each in range(5):
        announce(kiosk_storage, "v1")
    desk_storage.feed.catch_up()
    assert desk.heard == [Announcement("visits", "v1")]


def test_old_announcements_are_trimmed_and_a_sleeper_reads_everything_again(place: DatabasePlace) -> None:
    clock, sleeper, awake = FakeClock(), Listener(), Listener()
    with ExitStack() as stack:
        storages = [open_storage(place, announcer=each, clock=clock) for each in (sleeper, awake, Listener())]
        for each in storages:
            stack.callback(each.storage.close)
        asleep, alive, kiosk = storages
        announce(kiosk, "first")
        asleep.feed.catch_up()
        for number in range(3):
            announce(kiosk, f"v{number}")
        clock.advance(hours=2)
        announce(kiosk, "last")
        alive.feed.catch_up()
        assert len(awake.heard) == 5

        _one_round(AnnouncementFeed(alive.storage, awake, clock), clock)
        assert _rows(alive) == 1
        asleep.feed.catch_up()
    assert sleeper.heard[0] == Announcement("visits", "first")
    assert sleeper.heard[1:] == [Announcement(concept) for concept in CONCEPTS]


def _one_round(feed: AnnouncementFeed, clock: FakeClock) -> None:
    clock.advance(minutes=11)
    feed.trim_when_due()


def _rows(opened: OpenStorage) -> int:
    with opened.storage.database.look() as transaction:
        return int(transaction.value(select(func.count()).select_from(tables.announcements)))


def test_a_refused_row_is_not_quoted_in_the_error(opened: Open) -> None:
    """PostgreSQL says "Failing row contains (...)"; what is raised ends up in the log."""
    storage = opened(Listener()).storage
    broken = replace(a_full_customer(), source=None)  # type: ignore[arg-type] # the broken value is the point
    with pytest.raises(StatementRefused) as refused, storage.begin() as work:
        work.customers.add(broken)
    shown = "".join(traceback.format_exception(refused.value))
    assert "source" in str(refused.value)
    assert broken.name not in shown
    assert "f-phone" not in shown


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    """A server that the test may kill."""
    with running_server(durable=True) as server:
        yield server


@pytest.mark.postgres
@pytest.mark.slow
def test_a_server_that_falls_over_is_unavailable_and_nothing_is_missed(
    own_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("none")
    place = DatabasePlace(own_server.fresh_database(), folder / "none", KEY)
    migrate(place, backups=folder, clock=SystemClock())
    desk = Listener()
    with ExitStack() as stack:
        desk_storage = open_storage(place, announcer=desk, clock=SystemClock())
        kiosk_storage = open_storage(place, announcer=Listener(), clock=SystemClock())
        stack.callback(desk_storage.storage.close)
        stack.callback(kiosk_storage.storage.close)
        stack.enter_context(running(desk_storage))
        announce(kiosk_storage, "before")
        assert desk.wait_for(Announcement("visits", "before"))

        own_server.stop("immediate")
        for attempt in (kiosk_storage.storage.begin, kiosk_storage.storage.look):
            with pytest.raises(Unavailable) as away, attempt():
                pass
            assert (away.value.what, away.value.waiting_helps) == ("database", True)
        own_server.start()

        announce(kiosk_storage, "after")
        assert desk.wait_for(Announcement("visits", "after"))
    assert desk.heard == [Announcement("visits", "before"), Announcement("visits", "after")]


@pytest.mark.postgres
def test_a_writer_that_waits_too_long_gives_up(postgres_place: DatabasePlace) -> None:
    assert postgres_place.url is not None
    frozen = PostgresDatabase(postgres_place.url)
    hurried = SqlStorage(PostgresDatabase(postgres_place.url, busy_s=0.2), Listener(), SystemClock())
    with frozen.change():
        with pytest.raises(Unavailable) as busy, hurried.begin():
            pass
        assert (busy.value.what, busy.value.waiting_helps) == ("database", True)
        with hurried.look() as view:
            assert view.visits.open_visits() == []
    with hurried.begin() as work:
        assert work.counters.next("visits", TODAY + timedelta(days=1)) == 1
    hurried.close()
    frozen.close()


@pytest.mark.postgres
def test_a_wrong_password_or_database_is_hopeless(postgres_place: DatabasePlace) -> None:
    assert postgres_place.url is not None
    missing = DatabasePlace(postgres_place.url.rsplit("/", 1)[0] + "/nothing", postgres_place.file, KEY)
    with pytest.raises(Unavailable) as away:
        open_storage(missing, announcer=Listener(), clock=SystemClock())
    assert away.value.what == "database"
    nobody = DatabasePlace("postgresql+psycopg://postgres@127.0.0.1:1/x", postgres_place.file, KEY)
    with pytest.raises(Unavailable):
        open_storage(nobody, announcer=Listener(), clock=SystemClock())
