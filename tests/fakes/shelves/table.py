"""One table of the in-memory database, and the shelf of values that have a version."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, Generic, Protocol, TypeVar

from smart4s_kiosk.domain.errors import NotFound, VersionConflict

Tables = dict[str, dict[Any, Any]]

V = TypeVar("V", bound="_HasVersion")


class _HasVersion(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def version(self) -> int: ...


class Table:
    """One named table of a unit of work; writing asks first whether this unit may change anything."""

    def __init__(self, tables: Tables, name: str, may_change: Callable[[], None]) -> None:
        self._tables = tables
        self.name = name
        self.may_change = may_change

    @property
    def rows(self) -> dict[Any, Any]:
        return self._tables.setdefault(self.name, {})

    def insert(self, key: object, value: object) -> None:
        self.may_change()
        if key in self.rows:
            raise VersionConflict(concept=self.name, id=key)
        self.rows[key] = value

    def update(self, key: object, value: object) -> None:
        self.may_change()
        self.rows[key] = value

    def delete(self, key: object) -> None:
        self.may_change()
        del self.rows[key]


class Versioned(Generic[V]):
    """Values with a version; what a shelf that also keeps something else is made of."""

    unique: tuple[str, ...] = ()
    """Attributes of which no two (active) values share one that is not empty."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def get(self, value_id: str) -> V:
        found: V | None = self._table.rows.get(value_id)
        if found is None:
            raise NotFound(concept=self._table.name, id=value_id)
        return found

    def several(self, ids: Collection[str]) -> Sequence[V]:
        return sorted(self._values(lambda value: value.id in ids), key=lambda value: value.id)

    def _add(self, value: V) -> None:
        self._must_be_unique(value)
        self._table.insert(value.id, value)

    def _put(self, value: V) -> None:
        self._table.may_change()
        if self.get(value.id).version + 1 != value.version:
            raise VersionConflict(concept=self._table.name, id=value.id, version=value.version)
        self._must_be_unique(value)
        self._table.update(value.id, value)

    def _values(self, wanted: Callable[[V], bool] = lambda _value: True) -> list[V]:
        return [value for value in self._table.rows.values() if wanted(value)]

    def _must_be_unique(self, value: V) -> None:
        if not getattr(value, "is_active", True):
            return
        for name in self.unique:
            mine = getattr(value, name)
            for other in self._values():
                taken = other.id != value.id and getattr(other, "is_active", True) and getattr(other, name) == mine
                if mine and taken:
                    raise VersionConflict(concept=self._table.name, **{name: mine})


class Shelf(Versioned[V]):
    """get, add and put of values with a version."""

    def add(self, value: V) -> None:
        self._add(value)

    def put(self, value: V) -> None:
        self._put(value)
