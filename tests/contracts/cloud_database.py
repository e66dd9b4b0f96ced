"""The connector's database on both engines, migrated and empty."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cloud_connector.storage.database import Database
from cloud_connector.storage.migrate import migrate

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def cloud_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database with one store, on each engine in turn."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'connector.db'}"
    else:
        url = request.getfixturevalue("postgres_url")
    database = Database(url)
    migrate(database)
    with database.begin() as work:
        work.sites.add_store("store-1", "一店", NOON)
        work.sites.add_store("store-2", "二店", NOON)
    yield database
    database.close()
