"""Runs the bars: each in a process of its own, at most 20 minutes, finished ones skipped, one JSON line for each.

Run: python -m benchmarks [NAME ...] [--list] [--fresh]

A bar whose result stands in `benchmarks/results/` for this commit is not run again; `--fresh` runs it all the same. A
bar that needs data that is not here says so and is no failure.
"""

import argparse
import ast
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.results_file import RESULTS, save

ROOT = Path(__file__).resolve().parent.parent
LIMIT_S = 20 * 60.0


NEEDS_DATA = {"faces": "SMART4S_FACES", "licences": "SMART4S_LICENCES"}
"""Bars with pictures of real people or papers, which are not part of the project: the variable that names the folder."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One measurement."""

    name: str
    what: str
    data: str = ""
    """Environment variable that names the folder of data it needs."""


def all_bars() -> tuple[Bar, ...]:
    """Every module here that has a `main`; the scripted visit first."""
    found = []
    for file in sorted(Path(__file__).parent.glob("[a-z]*.py"), key=lambda one: (one.stem != "visit", one.stem)):
        module = ast.parse(file.read_text(encoding="utf-8"))
        if any(isinstance(part, ast.FunctionDef) and part.name == "main" for part in module.body):
            what = (ast.get_docstring(module) or "").splitlines()[0]
            found.append(Bar(file.stem, what, NEEDS_DATA.get(file.stem, "")))
    return tuple(found)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--list", action="store_true", help="what there is")
    parser.add_argument("--fresh", action="store_true", help="run those that have a result of this commit, too")
    arguments = parser.parse_args()
    bars = all_bars()
    if arguments.list:
        for bar in bars:
            print(f"{bar.name:20}{bar.what}{f' (needs {bar.data}=FOLDER)' if bar.data else ''}")
        return 0
    unknown = set(arguments.names) - {bar.name for bar in bars}
    if unknown:
        parser.error(f"no such bar: {', '.join(sorted(unknown))} (see --list)")
    wanted = [bar for bar in bars if not arguments.names or bar.name in arguments.names]
    outcomes = []
    for bar in wanted:
        outcome = run(bar, is_fresh=arguments.fresh)
        outcomes.append(outcome["outcome"])
        print(json.dumps({"bar": bar.name, **outcome}, ensure_ascii=False), flush=True)
    return 1 if {"failed", "too slow"} & set(outcomes) else 0


def run(bar: Bar, *, is_fresh: bool) -> dict[str, Any]:
    """Run one bar, or say why not."""
    folder = os.environ.get(bar.data, "") if bar.data else ""
    if bar.data and not (folder and Path(folder).is_dir()):
        return {
            "outcome": "no data",
            "say": f"set {bar.data} to a folder with its pictures (see benchmarks/{bar.name}.py)",
        }
    place = RESULTS / f"{bar.name}.json"
    if not is_fresh and place.exists() and read(place).get("commit") == commit():
        return {"outcome": "done before", "result": str(place.relative_to(ROOT))}
    words = ["--data", folder] if folder else []
    began = time.perf_counter()
    try:
        ran = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{bar.name}", *words],
            cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=LIMIT_S, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return {"outcome": "too slow", "seconds": LIMIT_S}
    outcome = {"outcome": "ran" if ran.returncode == 0 else "failed", "seconds": round(time.perf_counter() - began, 1)}
    printed = last_json(ran.stdout)
    if printed is None:
        return {**outcome, "status": ran.returncode, "say": ran.stdout[-300:]}
    save(bar.name, printed)
    return {**outcome, "status": ran.returncode, "result": str(place.relative_to(ROOT))}


def last_json(printed: str) -> Any:
    """What the bar printed as JSON: one value over many lines, or its lines; None when there is none."""
    for text in (printed, printed[printed.find("{") :]):
        try:
            return json.loads(text)
        except ValueError:
            continue
    lines = [line for line in printed.splitlines() if line.startswith("{")]
    try:
        return [json.loads(line) for line in lines] or None
    except ValueError:
        return None


def read(place: Path) -> dict[str, Any]:
    """A result as it was saved."""
    content: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    return content


def commit() -> str:
    """Short name of the commit that is measured."""
    words = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
