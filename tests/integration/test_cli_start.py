"""What starting the command line costs: no screen, camera or database library is loaded before it is needed."""

import subprocess
import sys
from pathlib import Path

import pytest

from smart4s_kiosk.app.commands.command import FAILURE
from smart4s_kiosk.cli import main


def test_the_command_line_loads_nothing_heavy() -> None:
    heavy = "PySide6 cv2 sqlalchemy onnxruntime reportlab keyring cryptography requests numpy"
    code = (
        "import sys; from smart4s_kiosk.cli import build_parser; build_parser();"
        f"print([m for m in {heavy!r}.split() if m in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert answer.stdout.strip() == "[]"


def test_broken_settings_are_listed_and_nothing_is_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[screen]\nlanguage = "fr"\ntheme = "pink"\n', encoding="utf-8")
    assert main(["--settings", str(file), "settings", "check"]) == FAILURE
    said = capsys.readouterr()
    assert f"{file}:2" in said.err
    assert f"{file}:3" in said.err
    assert said.out == ""
