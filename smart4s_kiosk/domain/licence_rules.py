"""The licence rules as values: each with its outcome, limit, source and date, made from the rule file's tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from smart4s_kiosk.domain.licence_numbers import IdentityKind, identity_kinds_from


class Outcome(StrEnum):
    """What a person may do with the test car today, from the mildest to the strictest."""

    ALLOW = "allow"
    ACCOMPANIED = "accompanied"
    PASSENGER_ONLY = "passenger_only"
    REFUSE = "refuse"

    @property
    def severity(self) -> int:
        """Position in the order above."""
        return list(Outcome).index(self)


class Alternative(StrEnum):
    """What to offer instead."""

    PASSENGER = "passenger"
    OTHER_CAR = "other_car"
    OTHER_ROUTE = "other_route"
    REFRESH_PAGE = "refresh_page"
    PAPER_LICENCE = "paper_licence"
    STAFF_CHECK = "staff_check"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what follows when it speaks, and where it comes from."""

    id: str
    outcome: Outcome
    alternatives: tuple[Alternative, ...]
    source: str
    """Law and article, in Chinese as published, or 店规 for a house rule."""
    since: date
    """In force since, or the day the house rule was set."""
    unchecked: bool
    """Taken over without checking the official text: shown beside the source."""


@dataclass(frozen=True, slots=True)
class LicenceRules:
    """Everything a decision looks up."""

    version: str
    rules: Mapping[str, Rule]
    covering: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Kind of car → gearbox → classes that cover it."""
    adapted_classes: tuple[str, ...]
    """Classes that cover an automatic car adapted for the driver."""
    kinds: tuple[IdentityKind, ...]
    status_good: tuple[str, ...]
    status_notice: tuple[str, ...]
    minimum_age: int
    medical_age: int
    renewal_days: int
    cancelled_after_years: int
    probation_months: int
    companion_years: int
    points_limit: int
    shown_minutes: int
    clock_ahead_minutes: int
    generated_hours: int


def licence_rules_from(tables: Mapping[str, object]) -> LicenceRules:
    """Rules from the parsed rule file.

    Raises:
        KeyError, TypeError, ValueError: the file does not have the form it must have.

    """
    limits = _table(tables["limits"])
    classes = _table(tables["classes"])
    status = _table(tables["electronic_status"])
    return LicenceRules(
        version=str(tables["version"]),
        rules={rule.id: rule for rule in map(_rule, _tables(tables["rule"]))},
        covering={
            car: {gearbox: _texts(names) for gearbox, names in _table(by_gearbox).items()}
            for car, by_gearbox in _table(classes["covering"]).items()
        },
        adapted_classes=_texts(classes["adapted"]),
        kinds=identity_kinds_from(_tables(tables["identity_kind"])),
        status_good=_texts(status["good"]),
        status_notice=_texts(status["notice"]),
        **{name: _number(limits[name]) for name in _LIMITS},
    )


_LIMITS = (
    "minimum_age",
    "medical_age",
    "renewal_days",
    "cancelled_after_years",
    "probation_months",
    "companion_years",
    "points_limit",
    "shown_minutes",
    "clock_ahead_minutes",
    "generated_hours",
)


def _rule(table: Mapping[str, object]) -> Rule:
    since = table["since"]
    if not isinstance(since, date):
        raise TypeError(f"rule {table['id']}: since is a date")
    return Rule(
        id=str(table["id"]),
        outcome=Outcome(str(table["outcome"])),
        alternatives=tuple(Alternative(name) for name in _texts(table["alternatives"])),
        source=str(table["source"]),
        since=since,
        unchecked=bool(table.get("unchecked", False)),
    )


def _table(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise TypeError("a table is expected")
    return value


def _tables(value: object) -> Sequence[Mapping[str, object]]:
    if not isinstance(value, list):
        raise TypeError("a list of tables is expected")
    return [_table(one) for one in value]


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError("a list of texts is expected")
    return tuple(str(one) for one in value)


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError("a whole number is expected")
    return value
