"""A crash brings the screens back; an ordinary end does not; a crash without end gives up."""

import subprocess
import sys
from pathlib import Path

import pytest

from smart4s_kiosk.app.supervise import CRASHES_ALLOWED, GAVE_UP, is_crash, keep_running
from tests.fakes.clock import FakeClock

CRASHES_ONCE = """
import os, pathlib, signal, sys
mark = pathlib.Path(sys.argv[1])
first = not mark.exists()
mark.touch()
if first:
    os.kill(os.getpid(), signal.SIGSEGV)
"""


def test_screens_that_crash_are_there_again_and_end_when_staff_close_them(tmp_path: Path) -> None:
    started: list[int] = []

    def start() -> "subprocess.Popen[bytes]":
        started.append(1)
        return subprocess.Popen([sys.executable, "-c", CRASHES_ONCE, str(tmp_path / "mark")])

    assert keep_running(start, FakeClock(), lambda _s: None) == 0
    assert len(started) == 2


def test_screens_that_crash_without_end_are_given_up() -> None:
    started: list[int] = []

    def start() -> "subprocess.Popen[bytes]":
        started.append(1)
        return subprocess.Popen([sys.executable, "-c", "import os; os.abort()"], stderr=subprocess.DEVNULL)

    assert keep_running(start, FakeClock(), lambda _s: None) == GAVE_UP
    assert len(started) == CRASHES_ALLOWED + 1


@pytest.mark.parametrize(
    ("status", "crash"), [(0, False), (1, False), (2, False), (-11, True), (-6, True), (0xC0000005, True)]
)
def test_refusals_are_no_crashes(status: int, crash: bool) -> None:
    assert is_crash(status) is crash
