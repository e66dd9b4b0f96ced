"""The last-resort hooks, on the main thread, other threads and Qt's messages."""

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from smart4s_kiosk.app.crash import CrashHooks, on_qt_message, reference_of
from tests.waiting import PATIENCE_S

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def shown() -> Iterator[list[str]]:
    told: list[str] = []
    hooks = CrashHooks(told.append)
    hooks.install()
    yield told
    hooks.remove()


def test_an_error_on_a_thread_is_logged_and_shown_with_one_reference(
    shown: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ZeroDivisionError("secret")

    thread = threading.Thread(target=fail, name="worker-x")
    thread.start()
    thread.join(PATIENCE_S)
    [record] = [r for r in caplog.records if r.levelno == logging.CRITICAL]
    assert shown == [record.__dict__["reference"]]
    assert record.__dict__["where"] == "worker-x"
    assert len(shown[0]) == 6


def test_an_error_on_the_main_thread_is_logged_and_shown(shown: list[str], caplog: pytest.LogCaptureFixture) -> None:
    error = OSError("disk")
    sys.excepthook(type(error), error, None)
    assert shown == [reference_of(error)]
    assert caplog.records[-1].exc_info is not None


def test_an_error_that_cannot_be_raised_is_logged(shown: list[str]) -> None:
    class Broken:
        def __del__(self) -> None:
            raise LookupError

    Broken()  # freed at once: nothing holds it
    assert len(shown) == 1


def test_an_apology_that_fails_is_logged_and_goes_no_further(caplog: pytest.LogCaptureFixture) -> None:
    def fail(_reference: str) -> None:
        raise RuntimeError

    hooks = CrashHooks(fail)
    hooks.install()
    try:
        sys.excepthook(ValueError, ValueError("x"), None)
    finally:
        hooks.remove()
    assert [record.message for record in caplog.records] == ["uncaught", "the apology failed too"]


def test_the_same_fault_has_the_same_reference() -> None:
    def fail() -> None:
        raise ValueError

    found = []
    for _ in range(2):
        with pytest.raises(ValueError) as fault:
            fail()
        found.append(reference_of(fault.value))
    assert found[0] == found[1]


def test_the_hooks_can_be_taken_off_again() -> None:
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    hooks = CrashHooks(lambda _reference: None)
    hooks.install()
    assert sys.excepthook != before[0]
    hooks.remove()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


@pytest.mark.parametrize(
    ("kind", "level"), [("QtWarningMsg", logging.WARNING), ("QtCriticalMsg", logging.ERROR), ("odd", logging.WARNING)]
)
def test_qt_messages_are_logged_at_their_level(kind: str, level: int, caplog: pytest.LogCaptureFixture) -> None:
    on_qt_message(SimpleNamespace(name=kind), SimpleNamespace(category="default"), "QPixmap: 100 % wrong")
    assert (caplog.records[-1].levelno, caplog.records[-1].getMessage()) == (level, "QPixmap: 100 % wrong")


def test_a_native_crash_leaves_its_stack_in_a_file(tmp_path: Path) -> None:
    code = (
        "import sys, os, signal; from pathlib import Path; from smart4s_kiosk.app.crash import CrashHooks;"
        "CrashHooks(print, Path(sys.argv[1])).install(); os.kill(os.getpid(), signal.SIGSEGV)"
    )
    place = tmp_path / "logs" / "native.log"
    answer = subprocess.run(
        [sys.executable, "-c", code, str(place)], cwd=ROOT, capture_output=True, timeout=PATIENCE_S, check=False
    )
    assert answer.returncode != 0
    assert "Segmentation fault" in place.read_text(encoding="utf-8")
