"""Runs the bars one after the other, each in a process of its own, and ends with a table of every goal.

Run: python -m benchmarks [NAME ...] [--list] [--table] [--fresh]

A bar takes at most 20 minutes; one that is stopped there goes on where it stood the next time. A bar is not run again
while its committed result is of the same code (`--fresh` runs it all the same). A bar that fails does not keep the others
from running. Exit status 1 when any goal is not met or any bar has no result.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.goals import goals_of
from benchmarks.list_of_bars import Bar, all_bars
from benchmarks.results_file import RESULTS, ROOT, is_current, recorded
from benchmarks.table import as_text, rows_of

LIMIT_S = 20 * 60.0
NOT_MET = {"failed", "too slow", "no result"}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--list", action="store_true", help="what there is")
    parser.add_argument("--table", action="store_true", help="judge the committed results, run nothing")
    parser.add_argument("--fresh", action="store_true", help="run those that have a result of this code, too")
    chosen = parser.parse_args()
    bars = all_bars()
    if chosen.list:
        for bar in bars:
            print(f"{bar.name:20}{bar.what}{f' (needs {bar.data}=FOLDER)' if bar.data else ''}")
        return 0
    unknown = set(chosen.names) - {bar.name for bar in bars}
    if unknown:
        parser.error(f"no such bar: {', '.join(sorted(unknown))} (see --list)")
    wanted = [bar for bar in bars if bar.name in chosen.names or not chosen.names]
    troubles = {} if chosen.table else run_all(wanted, is_fresh=chosen.fresh)
    rows = [row for bar in wanted for row in rows_of(bar.name, goals_of(bar.name), recorded(bar.name), troubles)]
    print(as_text(rows))
    return 0 if all(row.is_met for row in rows) else 1


def run_all(bars: list[Bar], *, is_fresh: bool) -> dict[str, str]:
    """Run each; answers what went wrong, by bar."""
    troubles = {}
    for bar in bars:
        outcome = run(bar, is_fresh=is_fresh)
        print(json.dumps({"bar": bar.name, **outcome}, ensure_ascii=False), flush=True)
        if outcome["outcome"] in NOT_MET:
            troubles[bar.name] = str(outcome["outcome"])
    return troubles


def run(bar: Bar, *, is_fresh: bool) -> dict[str, Any]:
    """Run one bar, or say why not."""
    folder = os.environ.get(bar.data, "") if bar.data else ""
    if bar.data and not bar.runs_without_data and not Path(folder or "?").is_dir():
        return {"outcome": "no data", "say": f"set {bar.data} to a folder with its pictures"}
    found = recorded(bar.name)
    if not is_fresh and found is not None and is_current(found):
        return {"outcome": "done before", "commit": found.commit, "date": found.date}
    place = RESULTS / f"{bar.name}.json"
    before = place.stat().st_mtime_ns if place.exists() else 0
    began = time.perf_counter()
    until = time.monotonic() + LIMIT_S
    data = ["--data", folder] if folder else []
    # The shares of a series side by side, each with a core of its own; the last step puts them together.
    parts = [[*bar.words, "--share", f"{part}/{bar.shares}"] for part in range(1, bar.shares + 1) if bar.shares > 1]
    status = together([bar.command(*part) for part in parts], until) if parts else 0
    if status == 0:
        status = together([bar.command(*bar.words, *data, "--save")], until)
    outcome = {"seconds": round(time.perf_counter() - began, 1), "status": status}
    if status is None:
        return {"outcome": "too slow", "say": "stopped after 20 minutes; run it again to go on", **outcome}
    has_result = place.exists() and place.stat().st_mtime_ns != before
    return {"outcome": "ran" if has_result else "failed", **outcome}


def together(commands: list[list[str]], until: float) -> int | None:
    """Run the commands side by side; the worst exit status, None when they had to be stopped."""
    quiet = subprocess.DEVNULL
    running = [subprocess.Popen(words, cwd=ROOT, stdout=quiet, start_new_session=True) for words in commands]
    try:
        return max(process.wait(max(0.0, until - time.monotonic())) for process in running)
    except subprocess.TimeoutExpired:
        return None
    finally:
        for process in running:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


if __name__ == "__main__":
    sys.exit(main())
