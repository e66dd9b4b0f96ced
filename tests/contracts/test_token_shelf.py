"""The shelf of tokens: one suite on the fake and on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from cloud_connector.storage.database import Database
from cloud_connector.storage.tokens import DatabaseTokenShelf
from cloud_connector.wecom.tokens import Token, TokenShelf
from tests.contracts.cloud_database import NOON
from tests.fakes.cloud import MemoryTokenShelf

LATER = NOON + timedelta(seconds=15)
Shelves = Callable[[], TokenShelf]


@pytest.fixture(params=["memory", "database"])
def shelves(request: pytest.FixtureRequest, cloud_database: Database) -> Shelves:
    """Makes further views of one and the same shelf."""
    if request.param == "memory":
        shelf = MemoryTokenShelf()
        return lambda: shelf
    return lambda: DatabaseTokenShelf(cloud_database, corp_id="ww", agent_id="1", secret="s", make=Token)


def test_it_starts_empty(shelves: Shelves) -> None:
    assert shelves().read() == Token()


def test_one_of_many_claims(shelves: Shelves) -> None:
    views = [shelves() for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(lambda view: view.claim(NOON, LATER), views)) == 1
    assert not views[0].claim(NOON, LATER)
    assert views[0].claim(LATER, LATER + timedelta(seconds=15))


def test_storing_ends_the_claim(shelves: Shelves) -> None:
    one, two = shelves(), shelves()
    assert one.claim(NOON, LATER)
    one.store("t", LATER)
    assert two.read() == Token("t", LATER)
    assert two.claim(NOON, LATER)
    two.release()
    assert one.claim(NOON, LATER)


def test_a_stop_is_seen_by_all(shelves: Shelves) -> None:
    one, two = shelves(), shelves()
    one.store("t", LATER)
    one.stop(40001)
    assert two.read() == Token(stopped=40001)
