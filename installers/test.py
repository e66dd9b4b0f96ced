"""Runs the whole test suite in the order that fails soonest: rules, unit, then everything else on both cores."""

import subprocess
import sys
import time

STEPS = [
    ["-m", "ruff", "format", "--check", "--quiet", "."],
    ["-m", "ruff", "check", "--quiet", "."],
    ["-m", "mypy"],
    ["-m", "pytest", "tests", "-n", "2", "--dist", "loadgroup"],
]


def main() -> int:
    """Run each step; stop at the first that fails."""
    for step in STEPS:
        begun = time.monotonic()
        print(f"== {' '.join(step)}", flush=True)
        status = subprocess.run([sys.executable, *step], check=False).returncode
        print(f"== {time.monotonic() - begun:.0f} s", flush=True)
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
