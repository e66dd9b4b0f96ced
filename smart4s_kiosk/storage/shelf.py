"""Rows to values and back by name, and the shelf of values that carry a version."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import Select, Table, select, update

from smart4s_kiosk.domain.errors import NotFound, VersionConflict
from smart4s_kiosk.storage.transaction import Transaction


class HasVersion(Protocol):
    """A value with an id that counts its changes."""

    @property
    def id(self) -> str: ...
    @property
    def version(self) -> int: ...


MOST_AT_ONCE = 500
"""Ids in one question: well below what either database allows."""
T = TypeVar("T")
V = TypeVar("V", bound=HasVersion)


class Mapping(Generic[T]):
    """One table and the frozen dataclass whose fields are its columns; other columns of the table stay unread."""

    def __init__(self, table: Table, kind: type[T]) -> None:
        self.table = table
        self._kind = kind
        self._names = [field.name for field in fields(kind)]  # type: ignore[arg-type] # every kind is a dataclass

    def select(self) -> Select[Any]:
        """All columns of the value, in the order of its fields."""
        return select(*(self.table.c[name] for name in self._names))

    def to_value(self, row: Sequence[Any]) -> T:
        """The value of a row of `select`."""
        return self._kind(*row)

    def to_row(self, value: T) -> dict[str, Any]:
        """The columns of a value."""
        return {name: getattr(value, name) for name in self._names}


class Shelf(Generic[T]):
    """Reads and adds values of one table."""

    def __init__(self, transaction: Transaction, mapping: Mapping[T]) -> None:
        self._transaction = transaction
        self._mapping = mapping
        self._table = mapping.table

    def _all(self, statement: Select[Any]) -> list[T]:
        return [self._mapping.to_value(row) for row in self._transaction.rows(statement)]

    def _first(self, statement: Select[Any]) -> T | None:
        row = self._transaction.first(statement)
        return None if row is None else self._mapping.to_value(row)

    def _insert(self, value: T, **more: object) -> None:
        self._transaction.insert(self._table, **self._mapping.to_row(value), **more)


class VersionedShelf(Shelf[V]):
    """`get`, `add` and `put` of values with a version."""

    def get(self, value_id: str) -> V:
        """The value as it was committed last (or put in this unit of work); `NotFound`."""
        found = self._first(self._mapping.select().where(self._table.c.id == value_id))
        if found is None:
            raise NotFound(concept=self._table.name, id=value_id)
        return found

    def several(self, ids: Collection[str]) -> Sequence[V]:
        """Those of `ids` that are there, by id; a page of hundreds costs one question, not one for each."""
        wanted, found = sorted(set(ids)), list[V]()
        for first in range(0, len(wanted), MOST_AT_ONCE):
            some = self._table.c.id.in_(wanted[first : first + MOST_AT_ONCE])
            found += self._all(self._mapping.select().where(some))
        return sorted(found, key=lambda value: value.id)

    def add(self, value: V) -> None:
        """A new one; `VersionConflict` when its id is taken."""
        self._insert(value)

    def put(self, value: V) -> None:
        """The next version; `VersionConflict` when the stored one is not the one before."""
        table = self._table
        is_next = (table.c.id == value.id) & (table.c.version == value.version - 1)
        changed = self._transaction.change(update(table).where(is_next).values(self._mapping.to_row(value)))
        if not changed:
            self.get(value.id)
            raise VersionConflict(concept=table.name, id=value.id, version=value.version)
