"""Statements that the two databases spell differently."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_once(connection: Connection, table: Table, **values: Any) -> bool:
    """Insert a row; False when its key is already there."""
    counted = {"preserve_rowcount": True}  # SQLAlchemy drops it for inserts otherwise
    if connection.dialect.name == "postgresql":
        there = postgresql.insert(table).values(**values).on_conflict_do_nothing()
        return connection.execute(there, execution_options=counted).rowcount == 1
    here = sqlite.insert(table).values(**values).on_conflict_do_nothing()
    return connection.execute(here, execution_options=counted).rowcount == 1


def insert_or_update(connection: Connection, table: Table, keys: tuple[str, ...], **values: Any) -> None:
    """Insert a row or overwrite the one with the same key."""
    changed = {name: value for name, value in values.items() if name not in keys}
    if connection.dialect.name == "postgresql":
        there = postgresql.insert(table).values(**values)
        connection.execute(there.on_conflict_do_update(index_elements=list(keys), set_=changed))
    else:
        here = sqlite.insert(table).values(**values)
        connection.execute(here.on_conflict_do_update(index_elements=list(keys), set_=changed))
