"""One connector process hears at once what another on the same PostgreSQL has for a showroom."""

import threading
from contextlib import closing

import pytest

from cloud_connector.storage.database import Database
from cloud_connector.storage.migrate import migrate
from cloud_connector.storage.wakeup import listen
from tests.contracts.cloud_database import NOON
from tests.waiting import PATIENCE_S, until

pytestmark = pytest.mark.postgres


def test_a_command_written_by_one_process_wakes_the_polls_of_another(postgres_url: str) -> None:
    heard: list[tuple[str, str]] = []
    with closing(Database(postgres_url)) as one, closing(Database(postgres_url)) as other:
        migrate(one)
        with one.begin() as work:
            work.sites.add_store("store-1", "一店", NOON)
        other.on_commit(lambda channel, key: heard.append((channel, key)))
        stop = threading.Event()
        thread = threading.Thread(target=listen, args=(other, stop))
        thread.start()
        try:
            until(lambda: ("work", "") in heard, "it listens, and wakes everybody once")
            with one.begin() as work:
                work.commands.add("store-1", command_id="c-1", kind="visit.accept", data={}, visit="v-1", now=NOON)
            until(lambda: ("inbox", "store-1") in heard, "the other hears of it")
        finally:
            stop.set()
            thread.join(PATIENCE_S)
    assert not thread.is_alive()
