"""Writes a result beside its commit, machine and date, and reads it again."""

import json
import os
import platform
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).with_name("results")
_NOT_MEASURED = (":(exclude)benchmarks/results", ":(exclude)docs", ":(exclude)*.md", ":(exclude)tests/screenshots")
"""What may change without a result growing old."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A result as it was saved."""

    commit: str
    date: str
    result: Any


def save(name: str, result: Any) -> Path:
    """Write `benchmarks/results/<name>.json`. A tree with changes that are not committed gets a plus behind its commit."""
    RESULTS.mkdir(exist_ok=True)
    header = {
        "commit": commit() + ("" if _is_same("HEAD") else "+"),
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M"),
        "machine": {"processor": _processor(), "cores": _cores(), "python": platform.python_version()},
        "load": [round(value, 1) for value in os.getloadavg()],
    }
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps({**header, "result": result}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def recorded(name: str, folder: Path = RESULTS) -> Recorded | None:
    """The result of a bar; None when it was never saved."""
    try:
        content = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Recorded(content["commit"], content["date"], content.get("result", content))


def is_current(found: Recorded) -> bool:
    """Whether nothing that could change the result was changed since."""
    return not found.commit.endswith("+") and _is_same(found.commit)


def commit() -> str:
    """Short name of the commit that is measured."""
    return _git("rev-parse", "--short", "HEAD").stdout.strip()


def _is_same(since: str) -> bool:
    return _git("diff", "--quiet", since, "--", ".", *_NOT_MEASURED).returncode == 0


def _git(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["git", *words], capture_output=True, text=True, check=False, cwd=ROOT)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "")


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 0
