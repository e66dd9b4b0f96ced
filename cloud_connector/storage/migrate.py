"""Brings the database to the shape that this version needs, and says whether it is there."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from cloud_connector.storage.database import Database, translated

_FOLDER = Path(__file__).parent / "migrations"
_LOCK = 0x5345_4E44
"""Any number of connectors may start at once: on PostgreSQL one of them migrates, under this advisory lock."""


def migrate(database: Database, target: str = "head") -> None:
    """Run the steps that are missing.

    Raises:
        DatabaseAway: it cannot be reached or is no database.

    """
    with translated(), database.engine.connect() as connection, connection.begin():
        if database.is_postgres:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        command.upgrade(_config(connection), target)


def head() -> str:
    """The newest step."""
    newest = ScriptDirectory(str(_FOLDER)).get_current_head()
    assert newest is not None
    return newest


def is_current(database: Database) -> bool:
    """Whether every step was run."""
    with translated(), database.engine.connect().execution_options(reading=True) as connection, connection.begin():
        return MigrationContext.configure(connection).get_current_revision() == head()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
