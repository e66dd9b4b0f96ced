"""One open transaction: runs statements, counts rows, refuses changes while only looking."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Executable, Row, Select, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Delete, Update

from smart4s_kiosk.domain.errors import VersionConflict
from smart4s_kiosk.ports.storage import UnitOfWorkMisused
from smart4s_kiosk.storage.border import translated


class Transaction:
    """What the shelves of one unit of work share. Never leaves its thread, ends with its unit."""

    def __init__(self, connection: Connection, *, is_changing: bool) -> None:
        self._connection = connection
        self._is_changing = is_changing
        self._is_open = True

    @property
    def connection(self) -> Connection:
        """The bare connection, for migrations."""
        return self._connection

    @property
    def is_postgres(self) -> bool:
        """Which of the two databases this is."""
        return self._connection.dialect.name == "postgresql"

    def close(self) -> None:
        """Refuse everything from now on."""
        self._is_open = False

    def must_change(self) -> None:
        """Refuse a change that would never be kept."""
        if not self._is_open:
            raise UnitOfWorkMisused("this unit of work is over")
        if not self._is_changing:
            raise UnitOfWorkMisused("a change inside look()")

    def rows(self, statement: Select[Any]) -> Sequence[Row[*tuple[Any, ...]]]:
        """All rows."""
        if not self._is_open:
            raise UnitOfWorkMisused("this unit of work is over")
        with translated():
            return self._connection.execute(statement).all()

    def first(self, statement: Select[Any]) -> Row[*tuple[Any, ...]] | None:
        """The first row, if any."""
        found = self.rows(statement.limit(1))
        return found[0] if found else None

    def value(self, statement: Select[Any]) -> Any:
        """The first column of the first row; None without one."""
        row = self.first(statement)
        return None if row is None else row[0]

    def change(self, statement: Update | Delete) -> int:
        """How many rows were changed."""
        self.must_change()
        with translated():
            return self._connection.execute(statement).rowcount

    def insert(self, table: Table, **values: object) -> None:
        """A new row; `VersionConflict` when its key or a unique value is there already."""
        if not self.insert_if_new(table, **values):
            raise VersionConflict(concept=table.name)

    def insert_if_new(self, table: Table, **values: object) -> bool:
        """A new row; False (and the transaction goes on) when it is there already."""
        self.must_change()
        # "On conflict do nothing" because in PostgreSQL an error would end the whole transaction.
        make = postgresql.insert if self.is_postgres else sqlite.insert
        statement = make(table).values(values).on_conflict_do_nothing()
        with translated():
            done = self._connection.execute(statement, execution_options={"preserve_rowcount": True})
            return done.rowcount == 1

    def run(self, statement: Executable) -> None:
        """A statement without an answer."""
        with translated():
            self._connection.execute(statement)
