"""The import linter ran, and every contract was kept."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = (ROOT / "pyproject.toml").read_text(encoding="utf-8").count("[[tool.importlinter.contracts]]")


def test_every_import_contract_is_kept() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    answer = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    kept = re.search(r"Contracts: (\d+) kept, (\d+) broken", answer.stdout)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert kept is not None, "the linter did not reach its summary"
    assert (int(kept[1]), int(kept[2])) == (CONTRACTS, 0)
