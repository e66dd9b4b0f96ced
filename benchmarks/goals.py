"""What each bar must reach (`goals.toml`), and whether a result does."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("goals.toml")
NOT_MEASURED = ": not measured"


class NoNumber(Exception):
    """The result has nothing at the place that a goal names."""


@dataclass(frozen=True, slots=True)
class Goal:
    """One limit for one number of one bar."""

    bar: str
    says: str
    source: str
    value: str | tuple[str, ...]
    """A place: the worst number there counts. Several: their sum."""
    per: tuple[str, ...]
    limit: float
    is_floor: bool
    """The limit is the least and not the most."""

    @property
    def wanted(self) -> str:
        return f"{'>=' if self.is_floor else '<='} {self.limit:g}"

    def number(self, result: Any) -> float:
        """What counts.

        Raises:
            NoNumber: nothing was measured there.

        """
        if isinstance(self.value, str):
            found = _numbers(result, self.value)
            return min(found) if self.is_floor else max(found)
        total = _sum(result, self.value)
        if not self.per:
            return total
        whole = _sum(result, self.per)
        if not whole:
            raise NoNumber(self.per)
        return total / whole

    def is_met_by(self, number: float) -> bool:
        return number >= self.limit if self.is_floor else number <= self.limit


def all_goals(file: Path = FILE) -> tuple[Goal, ...]:
    """In the order of the file."""
    tables: dict[str, list[dict[str, Any]]] = tomllib.loads(file.read_text(encoding="utf-8"))
    return tuple(_goal(bar, table) for bar, listed in tables.items() for table in listed)


def goals_of(bar: str) -> tuple[Goal, ...]:
    """The goals of one bar."""
    return tuple(goal for goal in all_goals() if goal.bar == bar)


def missing(bar: str, result: Any) -> list[str]:
    """Every goal of the bar for which the result has no number."""
    return [said.removesuffix(NOT_MEASURED) for said in missed(bar, result) if said.endswith(NOT_MEASURED)]


def missed(bar: str, result: Any) -> list[str]:
    """Every goal of the bar that the result does not reach, in words."""
    said = []
    for goal in goals_of(bar):
        try:
            number = goal.number(result)
        except NoNumber:
            said.append(f"{goal.says}{NOT_MEASURED}")
        else:
            if not goal.is_met_by(number):
                said.append(f"{goal.says}: {number:.4g}, wanted {goal.wanted}")
    return said


def _goal(bar: str, table: dict[str, Any]) -> Goal:
    is_floor = "at_least" in table
    if is_floor == ("at_most" in table):
        raise ValueError(f"{bar}: {table['says']} needs at_least or at_most, and not both")
    value = table["value"] if isinstance(table["value"], str) else tuple(table["value"])
    limit = table["at_least" if is_floor else "at_most"]
    return Goal(bar, table["says"], table["from"], value, tuple(table.get("per", ())), limit, is_floor)


def _sum(result: Any, places: Sequence[str]) -> float:
    return sum(sum(_numbers(result, place)) for place in places)


def _numbers(result: Any, place: str) -> list[float]:
    found = [float(node) for node in _at(result, place.split(".")) if isinstance(node, int | float)]
    if not found:
        raise NoNumber(place)
    return found


def _at(node: Any, parts: list[str]) -> list[Any]:
    if not parts:
        return [node]
    first, *rest = parts
    if not isinstance(node, dict | list):
        return []
    if first == "#":
        return [len(node)]
    if first == "*":
        inside: list[Any] = list(node.values()) if isinstance(node, dict) else node
    else:
        inside = [node[first]] if isinstance(node, dict) and first in node else []
    return [found for one in inside for found in _at(one, rest)]
