"""Starts terminals of the showroom as real processes and listens to them."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from smart4s_kiosk.storage.open import DatabasePlace
from tests.waiting import PATIENCE_S

Line = dict[str, Any]


class TerminalProcess:
    """One process; what it says is kept and can be waited for."""

    def __init__(self, module: str, name: str, **told: object) -> None:
        self.name = name
        self.lines: list[Line] = []
        self._changed = threading.Condition()
        self._process = subprocess.Popen(
            [sys.executable, "-m", module], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._tell(json.dumps({"name": name, **told}))

    @property
    def exit_code(self) -> int | None:
        return self._process.poll()

    def kill(self) -> None:
        """kill -9."""
        self._process.kill()
        self._process.wait(PATIENCE_S)
        self._reader.join(PATIENCE_S)

    def stop(self) -> None:
        """End it as its user does; or by force when it does not."""
        if self._process.poll() is None and self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(PATIENCE_S)
        finally:
            self._process.kill()
            self._process.wait(PATIENCE_S)
            self._reader.join(PATIENCE_S)
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    pipe.close()

    def wait_for(self, wanted: Callable[[Line], bool], *, since: int = 0, seconds: float = PATIENCE_S) -> Line:
        """The first line (from number `since`) that is `wanted`."""

        def found() -> Line | None:
            return next((line for line in self.lines[since:] if wanted(line)), None)

        with self._changed:
            assert self._changed.wait_for(found, timeout=seconds), f"{self.name} said {self.lines[-3:]}"
            line = found()
        assert line is not None
        return line

    def _tell(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with self._changed:
                self.lines.append(json.loads(line))
                self._changed.notify_all()


class Terminal(TerminalProcess):
    """Kiosk, reception or tablet without its screens: `showroom_terminal`."""

    def __init__(self, name: str, place: DatabasePlace, *, lease_s: float = 0) -> None:
        told = {"url": place.url, "file": str(place.file), "lease_s": lease_s}
        super().__init__("tests.end_to_end.showroom_terminal", name, **told)

    def check_in(self, visit_id: str) -> Line:
        """Check a visitor in; answers the process's own times."""
        self._tell(f"check_in {visit_id}")
        return self.wait_for(lambda line: line.get("checked_in") == visit_id)

    def hammer(self) -> None:
        """Check in without pause from now on."""
        self._tell("hammer")

    def quiet(self) -> None:
        """Stop that."""
        self._tell("quiet")

    def waits_until_shown(self, visit_id: str) -> Line:
        return self.wait_for(lambda line: line.get("shows") == visit_id)


@contextmanager
def three_terminals(place: DatabasePlace, *, lease_s: float = 0) -> Iterator[tuple[Terminal, Terminal, Terminal]]:
    """Kiosk, reception and tablet on one database, all ready."""
    terminals = [Terminal(name, place, lease_s=lease_s) for name in ("kiosk", "reception", "tablet")]
    try:
        for terminal in terminals:
            terminal.wait_for(lambda line: "ready" in line)
        yield terminals[0], terminals[1], terminals[2]
    finally:
        for terminal in terminals:
            terminal.stop()
