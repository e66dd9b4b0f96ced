"""Every registered page: each `*_pages.py` of this folder has a list `SHOTS`."""

import importlib
from pathlib import Path

from tests.screenshots.shot import Shot


def all_shots() -> list[Shot]:
    shots: list[Shot] = []
    for path in sorted(Path(__file__).parent.glob("*_pages.py")):
        if not path.stem.startswith("test_"):
            shots += importlib.import_module(f"tests.screenshots.{path.stem}").SHOTS
    return shots
