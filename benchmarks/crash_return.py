"""How soon the welcome page is back after the kiosk's process died: goal 5 seconds, on a real (virtual) display.

Run: python -m benchmarks.crash_return [--crashes 5] [--save]
"""

import mmap
import os
import signal
import statistics
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.bar import in_folder, run_bar
from smart4s_kiosk.app.build import build
from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.app.supervise import CRASHES_ALLOWED
from smart4s_kiosk.demo.place import DemoPlace
from smart4s_kiosk.demo.seed import seed

ROOT = Path(__file__).resolve().parent.parent
WIDTH, HEIGHT = 1080, 1920
START_LIMIT_S, RETURN_LIMIT_S = 240.0, 240.0
ALIKE = 3.0
"""Mean difference of grey levels between two pictures of the same page: its clock may have gone on."""
DARK = 128.0
"""The welcome page's grey level lies far below, that of a page that tells why the kiosk cannot start far above."""
STILL_S = 1.0
"""A page that did not change for so long has been drawn whole."""
LOOK_S = 0.02
"""Another process's screen tells nobody that it changed: it can only be looked at, and this often is often enough."""


class VirtualScreen:
    """An X server without a monitor whose picture lies in a file."""

    def __init__(self, folder: Path) -> None:
        reader, writer = os.pipe()
        words = ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", str(folder)]
        self._server = subprocess.Popen([*words, "-nolisten", "tcp"], pass_fds=(writer,), stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as told:
            self.display = f":{told.readline().strip()}"
        with (folder / "Xvfb_screen0").open("rb") as file:
            self._memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header, colours = struct.unpack(">I", self._memory[:4])[0], struct.unpack(">I", self._memory[76:80])[0]
        self._start = header + 12 * colours

    def picture(self) -> NDArray[np.float32]:
        """What is on the screen now, small and grey."""
        pixels = np.frombuffer(self._memory, np.uint8, WIDTH * HEIGHT * 4, self._start)
        small: NDArray[np.float32] = pixels.reshape(HEIGHT, WIDTH, 4)[::8, ::8, :3].mean(axis=2, dtype=np.float32)
        return small

    def close(self) -> None:
        self._server.terminate()
        self._server.wait(START_LIMIT_S)


def main() -> int:
    return run_bar("crash_return", __doc__, in_folder(measure), crashes=5)


def measure(folder: Path, crashes: int) -> dict[str, Any]:
    """Open the kiosk on a virtual screen and kill its process `crashes` times. Needs Xvfb."""
    file = fill(folder)
    (folder / "screen").mkdir()
    screen = VirtualScreen(folder / "screen")
    seconds: list[float] = []
    try:
        while len(seconds) < crashes:
            # A supervisor gives up after more crashes than these in a minute, as it should: the next ones get a new one.
            with supervised_kiosk(file, screen.display) as supervisor:
                welcome = first_page(screen)
                left = min(CRASHES_ALLOWED, crashes - len(seconds))
                seconds += [crash_and_wait(supervisor.pid, screen, welcome) for _crash in range(left)]
    finally:
        screen.close()
    return {
        "crashes": crashes,
        "seconds": seconds,
        "median_s": round(statistics.median(seconds), 2),
        "worst_s": max(seconds),
    }


def fill(folder: Path) -> Path:
    """A showroom with people in it; the settings file of its kiosk."""
    place = DemoPlace(folder / "showroom")
    place.prepare(fresh=True, floor_seconds=2)
    settings = place.settings(Settings())
    application = build(settings, is_demo=True)
    try:
        seed(application)
    finally:
        application.storage.storage.close()
    file = folder / "settings.toml"
    file.write_text(
        f'[terminal]\nid = "kiosk-1"\nsurfaces = ["kiosk"]\n[data]\nfolder = "{settings.data.place}"\n'
        f'[vault]\nkey_folder = "{settings.vault.place}"\nuse_keyring = false\n',
        encoding="utf-8",
    )
    return file


@contextmanager
def supervised_kiosk(file: Path, display: str) -> Iterator["subprocess.Popen[bytes]"]:
    """`main.py run`, as the terminal's autostart calls it."""
    # Installed terminals keep compiled code, as Python does unless it is told not to.
    unlike = ("QT_QPA_PLATFORM", "PYTHONDONTWRITEBYTECODE", "SMART4S_")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(unlike)}
    environment["DISPLAY"] = display
    words = [sys.executable, str(ROOT / "main.py"), "--settings", str(file), "run"]
    supervisor = subprocess.Popen(words, cwd=ROOT, env=environment, start_new_session=True)
    try:
        yield supervisor
    finally:
        os.killpg(supervisor.pid, signal.SIGTERM)
        supervisor.wait(START_LIMIT_S)


def first_page(screen: VirtualScreen) -> NDArray[np.float32]:
    """The welcome page, once it stands still."""
    pause, began = threading.Event(), time.monotonic()
    before, since = screen.picture().copy(), began
    while time.monotonic() - began < START_LIMIT_S:
        pause.wait(LOOK_S)
        now = screen.picture()
        if np.abs(now - before).mean() >= ALIKE / 10:
            before, since = now.copy(), time.monotonic()
        elif now.std() > ALIKE and time.monotonic() - since >= STILL_S:
            if now.mean() > DARK:
                raise RuntimeError("another page than the dark welcome page stands there: what the kiosk said is above")
            return now.copy()
    raise TimeoutError("no welcome page")


def crash_and_wait(supervisor: int, screen: VirtualScreen, welcome: NDArray[np.float32]) -> float:
    """Kill the screens' process as a broken driver does; seconds until the welcome page is on the screen again."""
    child = int(Path(f"/proc/{supervisor}/task/{supervisor}/children").read_text(encoding="ascii").split()[0])
    os.kill(child, signal.SIGSEGV)
    pause, began = threading.Event(), time.monotonic()
    gone = False
    while time.monotonic() - began < RETURN_LIMIT_S:
        is_welcome = bool(np.abs(screen.picture() - welcome).mean() < ALIKE)
        if gone and is_welcome:
            return round(time.monotonic() - began, 2)
        gone = gone or not is_welcome
        pause.wait(LOOK_S)
    raise TimeoutError("the welcome page did not come back")


if __name__ == "__main__":
    sys.exit(main())
