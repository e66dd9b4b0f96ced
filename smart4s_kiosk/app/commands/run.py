"""`main.py run`: opens this terminal's screens, and opens them again when their process crashes."""

import os
import re
import socket
import subprocess
import sys
import threading
from argparse import Namespace
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from smart4s_kiosk.app.commands.command import Command
from smart4s_kiosk.app.commands.refused import refused
from smart4s_kiosk.app.commands.settings import settings_of
from smart4s_kiosk.domain.errors import Unavailable


class NoScreen(Unavailable):
    """There is no screen to open windows on."""

    code = "app.no_screen"


class ScreensCrash(Unavailable):
    """The screens ended by themselves again and again."""

    code = "app.screens_crash"

    def __init__(self) -> None:
        super().__init__("screens", waiting_helps=False)


START_LINE = Path(__file__).resolve().parents[3] / "main.py"
SUPERVISED = "KIOSK_SUPERVISED"


def _run(arguments: Namespace) -> int:
    """The screens run in a child process, so that a crash of Qt or a driver brings the welcome page back."""
    if os.environ.get(SUPERVISED) == "1":
        return _open(arguments)
    try:
        must_have_screen(sys.platform, os.environ)
    except NoScreen:
        settings_of(arguments)  # mistakes in the settings come first: they can be mended from here
        raise
    from smart4s_kiosk.app.clock import SystemClock
    from smart4s_kiosk.app.supervise import GAVE_UP, keep_running

    words = [sys.executable, str(START_LINE), *sys.argv[1:]]
    environment = {**os.environ, SUPERVISED: "1"}
    # The same words that a person typed, to the same program.
    status = keep_running(
        lambda: subprocess.Popen(words, env=environment),  # noqa: S603 - our own program again
        SystemClock(),
        threading.Event().wait,
    )
    if status == GAVE_UP:
        raise ScreensCrash
    return status


def must_have_screen(platform: str, environment: Mapping[str, str]) -> None:
    """Refuse in words where Qt would only abort: Linux without a display server. Raises `NoScreen`."""
    named = any(environment.get(name) for name in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if platform.startswith("linux") and not named and not _x_server_answers(environment.get("DISPLAY", "")):
        raise NoScreen("screen", waiting_helps=False)


def _x_server_answers(display: str) -> bool:
    """Whether the X server that DISPLAY names is there; one on another machine is left to Qt."""
    number = re.fullmatch(r":(\d+)(\.\d+)?", display)
    if number is None:
        return bool(display)
    place = f"/tmp/.X11-unix/X{number[1]}"  # noqa: S108 - where every X server of this machine listens
    for address in (place, f"\0{place}"):
        with socket.socket(socket.AF_UNIX) as line, suppress(OSError):
            line.connect(address)
            return True
    return False


def _open(arguments: Namespace) -> int:
    from smart4s_kiosk.app.desktop import start_desktop

    file = Path(arguments.settings_file) if arguments.settings_file else None
    return start_desktop(lambda: settings_of(arguments), write=lambda why: refused("run", why), file=file)


COMMAND = Command("run", "open this terminal's screens", _run)
