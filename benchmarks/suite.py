"""The project's own commands: the whole suite in 12 minutes, the unit tests alone in 10 s, `make check` under a minute.

Run: python -m benchmarks.suite [--save]
"""

import re
import subprocess
import sys
import time
from typing import Any

from benchmarks.bar import run_bar
from benchmarks.results_file import ROOT

COMMANDS = {"unit": ("make", "unit"), "check": ("make", "check"), "test": (".ci/run",)}
_PYTEST = re.compile(r"(\d+ (?:passed|failed)[^\n]*?) in ([\d.]+)s")


def main() -> int:
    return run_bar("suite", __doc__, measure)


def measure() -> dict[str, Any]:
    """Seconds of each command from its start to its end, with set-up that was done before; of the unit tests alone."""
    result: dict[str, Any] = {}
    failed = []
    for name, words in COMMANDS.items():
        began = time.perf_counter()
        ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
        result[f"make_{name}_s"] = round(time.perf_counter() - began, 1)
        for what, seconds in _PYTEST.findall(ran.stdout)[-1:]:
            result |= {f"{name}_counts": what, f"{name}_in_pytest_s": float(seconds)}
        if ran.returncode:
            failed.append(name)
            result[f"{name}_end"] = (ran.stdout + ran.stderr)[-1500:]
    return {**result, "failed": failed}


if __name__ == "__main__":
    sys.exit(main())
