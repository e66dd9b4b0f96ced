"""The showroom's database in its three forms: in memory, SQLCipher, PostgreSQL. Real ones are made by the migrations.

Migrated once a run and then copied, because a copy takes milliseconds.
"""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.ports.storage import Storage
from smart4s_kiosk.storage.open import DatabasePlace, OpenStorage, migrate, open_storage
from smart4s_kiosk.storage.tables import metadata
from tests.fakes.storage import FakeStorage
from tests.postgres import PostgresServer
from tests.waiting import PATIENCE_S

KEY = bytes(range(32))


class Listener:
    """An announcer that remembers, and can be waited for."""

    def __init__(self) -> None:
        self.heard: list[Announcement] = []
        self._changed = threading.Condition()

    def announce(self, announcement: Announcement) -> None:
        with self._changed:
            self.heard.append(announcement)
            self._changed.notify_all()

    def wait_for(self, announcement: Announcement, *, seconds: float = PATIENCE_S) -> bool:
        """Whether it was heard within that time."""
        with self._changed:
            return self._changed.wait_for(lambda: announcement in self.heard, timeout=seconds)


@dataclass
class Showroom:
    """A migrated, empty database and who listens to it."""

    storage: Storage
    listener: Listener
    place: DatabasePlace | None = None
    """None for the one in memory."""


@pytest.fixture(scope="session")
def sqlcipher_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty file that tests copy."""
    folder = tmp_path_factory.mktemp("template")
    migrate(DatabasePlace(None, folder / "showroom.db", KEY), backups=folder, clock=SystemClock())
    return folder / "showroom.db"


@pytest.fixture(scope="session")
def migrated_postgres_url(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A migrated database that the tests of a run use one after another."""
    url = postgres_server.fresh_database()
    folder = tmp_path_factory.mktemp("no-file")
    migrate(DatabasePlace(url, folder / "none", KEY), backups=folder, clock=SystemClock())
    return url


@pytest.fixture
def sqlcipher_place(sqlcipher_template: Path, tmp_path: Path) -> DatabasePlace:
    """A migrated SQLCipher file of this test's own."""
    file = tmp_path / "showroom.db"
    shutil.copy(sqlcipher_template, file)
    return DatabasePlace(None, file, KEY)


@pytest.fixture
def postgres_place(migrated_postgres_url: str, tmp_path: Path) -> DatabasePlace:
    """A migrated PostgreSQL database without a row, this test's own while it runs."""
    # DELETE, because TRUNCATE makes every table's files anew: 300 ms instead of 5.
    statements = "; ".join(f'DELETE FROM "{table.name}"' for table in reversed(metadata.sorted_tables))
    statements += "; ALTER SEQUENCE announcements_number_seq RESTART; ALTER SEQUENCE outbox_sequence_seq RESTART"
    address = migrated_postgres_url.replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True, options="-c lock_timeout=60s") as connection:
        connection.execute(statements.encode())
    return DatabasePlace(migrated_postgres_url, tmp_path / "none", KEY)


BOTH = ["sqlcipher", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def place(request: pytest.FixtureRequest) -> DatabasePlace:
    """A migrated database of this test's own, on both engines in turn."""
    name = "sqlcipher_place" if request.param == "sqlcipher" else "postgres_place"
    found: DatabasePlace = request.getfixturevalue(name)
    return found


@pytest.fixture
def opened(place: DatabasePlace) -> Iterator[Callable[[Listener], OpenStorage]]:
    """Opens the database as one more process would; everything is closed after the test."""
    with ExitStack() as stack:

        def open_one(listener: Listener) -> OpenStorage:
            found = open_storage(place, announcer=listener, clock=SystemClock())
            stack.callback(found.storage.close)
            return found

        yield open_one


@pytest.fixture(params=["fake", *BOTH])
def showroom(request: pytest.FixtureRequest) -> Iterator[Showroom]:
    """An empty showroom on the fake and on both databases in turn: what the contract suite runs on."""
    listener = Listener()
    if request.param == "fake":
        yield Showroom(FakeStorage(listener), listener)
        return
    name = "sqlcipher_place" if request.param == "sqlcipher" else "postgres_place"
    found: DatabasePlace = request.getfixturevalue(name)
    storage = open_storage(found, announcer=listener, clock=SystemClock()).storage
    yield Showroom(storage, listener, found)
    storage.close()


@pytest.fixture
def storage(showroom: Showroom) -> Storage:
    """Just the storage of `showroom`."""
    return showroom.storage
