"""What every bar shares: its sizes and `--save` on the command line, its result as JSON, its goals judged."""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.databases import both_databases
from benchmarks.goals import missed
from benchmarks.results_file import save


def run_bar(name: str, says: str | None, measure: Callable[..., Any], **sizes: int) -> int:
    """Measure at the sizes asked for, print the result, save it when told to; exit status 1 when a goal is missed.

    `sizes` are the full ones, by the names that `measure` takes. A smaller run answers a question; it is not the bar
    and is never saved.
    """
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{name}", description=says)
    for size, full in sizes.items():
        parser.add_argument(f"--{size.replace('_', '-')}", type=int, default=full, metavar="N", help=f"full: {full}")
    parser.add_argument("--save", action="store_true", help=f"write benchmarks/results/{name}.json")
    chosen = vars(parser.parse_args())
    wants_saved = chosen.pop("save")
    is_full = all(chosen[size] >= full for size, full in sizes.items())
    if wants_saved and not is_full:
        parser.error("only the full size is saved")
    return told(name, measure(**chosen), wants_saved=wants_saved)


def told(name: str, result: Any, *, wants_saved: bool) -> int:
    """Print a result, save it when wanted, and say which goals it misses."""
    print(json.dumps(result, ensure_ascii=False, indent=1))
    if wants_saved:
        save(name, result)
    misses = missed(name, result)
    for miss in misses:
        print(f"NOT MET: {miss}", file=sys.stderr)
    return 1 if misses else 0


def on_both(measure: Callable[..., Any]) -> Callable[..., dict[str, Any]]:
    """The measurement `measure(place, ...)` on an encrypted file and on PostgreSQL, by name."""

    def measured(**sizes: int) -> dict[str, Any]:
        with both_databases() as places:
            return {name: measure(place, **sizes) for name, place in places.items()}

    return measured


def in_folder(measure: Callable[..., Any]) -> Callable[..., Any]:
    """The measurement `measure(folder, ...)` in a folder that is gone afterwards."""

    def measured(**sizes: int) -> Any:
        with tempfile.TemporaryDirectory(prefix="bar-") as folder:
            return measure(Path(folder), **sizes)

    return measured
