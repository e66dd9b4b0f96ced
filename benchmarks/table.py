"""The table at the end: every goal of every bar, what was measured, met or not, and of which commit."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from benchmarks.goals import Goal, NoNumber
from benchmarks.results_file import Recorded, is_current

HEADS = ("bar", "goal", "wanted", "result", "met", "measured")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    bar: str
    goal: str
    wanted: str
    result: str
    is_met: bool
    measured: str


def rows_of(bar: str, goals: Sequence[Goal], found: Recorded | None, troubles: Mapping[str, str]) -> list[Row]:
    """A bar's lines. Without a result, without a goal, or when it failed just now, nothing of it is met."""
    trouble = troubles.get(bar, "")
    measured = "never" if found is None else age(found)
    if not goals:
        return [Row(bar, "(no goal)", "", "", is_met=False, measured=measured)]
    rows = []
    for goal in goals:
        result, is_met = judged(goal, found)
        said = f"{result} ({trouble})" if trouble else result
        rows.append(Row(bar, goal.says, goal.wanted, said, is_met and not trouble, measured))
    return rows


def judged(goal: Goal, found: Recorded | None) -> tuple[str, bool]:
    """The number in words, and whether it is good enough."""
    if found is None:
        return "no result", False
    try:
        number = goal.number(found.result)
    except NoNumber:
        return "not measured", False
    return f"{number:.4g}" if number < 10_000 else f"{number:.0f}", goal.is_met_by(number)


def age(found: Recorded) -> str:
    """Commit and days; and whether the code has changed since."""
    days = (datetime.now(UTC).date() - date.fromisoformat(found.date[:10])).days
    since = "today" if days == 0 else f"{days} d"
    return f"{found.commit} {since}" + ("" if is_current(found) else ", older code")


def as_text(rows: Sequence[Row]) -> str:
    """The table with its last line."""
    lines = [HEADS, *((r.bar, r.goal, r.wanted, r.result, "yes" if r.is_met else "NO", r.measured) for r in rows)]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(HEADS))]
    text = [
        "  ".join(word + " " * (wide - _width(word)) for word, wide in zip(line, widths, strict=True)) for line in lines
    ]
    text.insert(1, "  ".join("-" * wide for wide in widths))
    met = sum(row.is_met for row in rows)
    return "\n".join(line.rstrip() for line in [*text, f"{met} of {len(rows)} goals met"])


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
