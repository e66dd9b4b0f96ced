"""Which bars there are, and how each is started at its full size."""

import ast
import sys
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.results_file import ROOT

STATES = ROOT / "build" / "bars"
"""Where series that are longer than one run keep what they have."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One measurement."""

    name: str
    what: str
    module: str = ""
    """Where its `main` is; its own name when empty."""
    words: tuple[str, ...] = ()
    """Its full size, where the module's default is not that."""
    shares: int = 1
    """Parts that may run side by side before the last step."""
    data: str = ""
    """Environment variable that names a folder of pictures of real people or papers; they are not part of the project."""
    runs_without_data: bool = False

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", f"benchmarks.{self.module or self.name}", *words]


@dataclass(frozen=True, slots=True)
class _Special:
    words: tuple[str, ...] = ()
    data: str = ""
    runs_without_data: bool = False
    more: tuple[Bar, ...] = field(default=())


def _series(name: str, *words: str) -> tuple[str, ...]:
    return (*words, "--state", str(STATES / f"{name}.jsonl"))


_SPECIAL = {
    "faces": _Special(data="BARS_FACES", runs_without_data=True),
    "licences": _Special(data="BARS_LICENCES"),
    "licences_drawn": _Special(
        words=_series("licences_drawn", "--pages", "150", "--seed", "7"),
        more=(
            Bar(
                "licences_damaged",
                "2,000 damaged drawings: no number, date or class may be wrong without a mark.",
                module="licences_drawn",
                words=_series("licences_damaged", "--damaged", "--pages", "2000", "--seed", "2026"),
                shares=2,
            ),
        ),
    ),
}


def all_bars() -> tuple[Bar, ...]:
    """Every module here that has a `main`; the scripted visit first, the suite last."""
    STATES.mkdir(parents=True, exist_ok=True)
    bars: list[Bar] = []
    for file in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        module = ast.parse(file.read_text(encoding="utf-8"))
        if any(isinstance(part, ast.FunctionDef) and part.name == "main" for part in module.body):
            what = (ast.get_docstring(module) or "").splitlines()[0]
            told = _SPECIAL.get(file.stem, _Special())
            bars.append(
                Bar(file.stem, what, words=told.words, data=told.data, runs_without_data=told.runs_without_data)
            )
            bars.extend(told.more)
    order = {"visit": -1, "suite": 1}
    return tuple(sorted(bars, key=lambda bar: order.get(bar.name, 0)))
