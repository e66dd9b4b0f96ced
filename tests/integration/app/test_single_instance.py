"""One copy of the program for the same screens; another set of screens beside it is welcome."""

import subprocess
import sys
from pathlib import Path

import pytest

from smart4s_kiosk.app.single_instance import AlreadyRunning, only_one
from smart4s_kiosk.domain.errors import Unavailable
from tests.fakes.clock import FakeClock
from tests.waiting import PATIENCE_S

ROOT = Path(__file__).resolve().parents[3]
HOLDER = """
import sys
from pathlib import Path
from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.app.single_instance import only_one
with only_one(Path(sys.argv[1]), "kiosk", SystemClock()):
    print("holding", flush=True)
    sys.stdin.read()
"""


def test_a_second_copy_is_refused_until_the_first_is_killed(tmp_path: Path) -> None:
    first = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert first.stdout is not None
    assert first.stdin is not None
    assert first.stdout.readline().strip() == "holding"
    with pytest.raises(AlreadyRunning), only_one(tmp_path, "kiosk", FakeClock()):
        pytest.fail("two copies")
    with only_one(tmp_path, "reception", FakeClock()):
        pass
    first.kill()
    first.wait(PATIENCE_S)
    first.stdout.close()
    first.stdin.close()
    with only_one(tmp_path, "kiosk", FakeClock()):
        pass


def test_a_data_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file", encoding="utf-8")
    with pytest.raises(Unavailable), only_one(tmp_path / "data", "kiosk", FakeClock()):
        pytest.fail("no folder")
