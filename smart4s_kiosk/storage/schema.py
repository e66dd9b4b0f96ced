"""Brings a database to the tables that this version of the program knows; refuses one that is newer."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.storage.database import Database
from smart4s_kiosk.storage.transaction import Transaction

MIGRATIONS = Path(__file__).parent / "migrations"
"""Alembic's folder."""


class SchemaTooNew(Unavailable):
    """The database was made by a newer version of the program; install that one, or restore an older backup."""

    code = "storage.schema_too_new"


class SchemaTooOld(Unavailable):
    """The database must be migrated first."""

    code = "storage.schema_too_old"


def newest_revision() -> str:
    """What this version of the program knows."""
    head = _scripts().get_current_head()
    assert head is not None, "no migration is installed"
    return head


def revision_of(database: Database) -> str | None:
    """What a database stands at; None when it is empty."""
    with database.look() as transaction:
        return _revision(transaction)


def is_behind(revision: str | None) -> bool:
    """Whether a migration is due. Raises `SchemaTooNew` when this program is the one that is behind."""
    if revision is None:
        return True
    known = {script.revision for script in _scripts().walk_revisions()}
    if revision not in known:
        raise SchemaTooNew("database", waiting_helps=False, revision=revision, newest_known=newest_revision())
    return revision != newest_revision()


def must_be_current(database: Database) -> None:
    """Refuse to work on tables that this program does not know."""
    revision = revision_of(database)
    if is_behind(revision):
        raise SchemaTooOld("database", waiting_helps=False, revision=revision, newest_known=newest_revision())


def upgrade(database: Database) -> bool:
    """Run the missing migrations in one transaction; False when there was nothing to do.

    Several processes may call this at once: the others wait and then find nothing to do.
    """
    with database.change() as transaction:
        if not is_behind(_revision(transaction)):
            return False
        config = alembic_config()
        config.attributes["connection"] = transaction.connection
        command.upgrade(config, "head")
        return True


def _revision(transaction: Transaction) -> str | None:
    return MigrationContext.configure(transaction.connection).get_current_revision()


def alembic_config() -> Config:
    """Where the migrations lie."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(alembic_config())
