"""The far end of the demo: a WeCom sandbox and a really running connector, each its own process on this machine."""

import base64
import json
import os
import secrets
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.ports.clock import Clock

ROOT = Path(__file__).resolve().parents[2]
CORP_ID, AGENT_ID = "wwdemo0000000000", 1000002
STORE = "demo"
STARTS_WITHIN_S = 90.0
"""Seconds, for a busy machine, too: whoever waits is told as soon as it answers or has ended."""
ANSWERS_WITHIN_S = 30.0
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789"


class FarEndAway(Unavailable):
    """The demo's connector or sandbox does not answer."""

    code = "demo.far_end_away"


@dataclass(slots=True)
class FarEnd:
    """Both processes. Secrets are made anew at each start and live in memory and their own environment only."""

    folder: Path
    clock: Clock
    members: tuple[tuple[str, str], ...]
    """WeCom userid and name of everybody who has a phone in the demo."""
    connector_port: int = 0
    sandbox_port: int = 0
    _environment: dict[str, str] = field(default_factory=dict)
    _held_ports: list[socket.socket] = field(default_factory=list)
    _sandbox: subprocess.Popen[bytes] | None = None
    _connector: subprocess.Popen[bytes] | None = None

    @property
    def connector_url(self) -> str:
        """Where terminals find the connector."""
        return f"http://127.0.0.1:{self.connector_port}"

    @property
    def sandbox_url(self) -> str:
        """Where the consultants' phones are."""
        return f"http://127.0.0.1:{self.sandbox_port}"

    def start(self) -> None:
        """Start both and wait until they answer."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.connector_port, self.sandbox_port = self._hold_port(), self._hold_port()
        # Letters and figures only: a secret that begins with "-" would be taken for an option of the sandbox.
        token, secret = _random_word(24), _random_word(32)
        aes_key = base64.b64encode(os.urandom(32)).decode().rstrip("=").replace("+", "a").replace("/", "b")
        self._environment = {
            **os.environ,
            "CONNECTOR_DATABASE_URL": f"sqlite:///{self.folder / 'connector.db'}",
            "CONNECTOR_LISTEN": f"127.0.0.1:{self.connector_port}",
            "CONNECTOR_DATA": str(self.folder / "connector"),
            "WECOM_BASE_URL": f"{self.sandbox_url}/cgi-bin/",
            "WECOM_CORP_ID": CORP_ID,
            "WECOM_AGENT_ID": str(AGENT_ID),
            "WECOM_SECRET": secret,
            "WECOM_TOKEN": token,
            "WECOM_AES_KEY": aes_key,
        }
        self._start_sandbox(secret, token, aes_key)
        self.start_connector()

    def start_connector(self, more: Mapping[str, str] | None = None) -> None:
        """Start the connector (again, on the same port and database), with `more` in its environment."""
        self._connector = self._spawn("connector", ["-m", "cloud_connector", "serve"], more)
        self._wait(f"{self.connector_url}/readyz", self._connector)

    def kill_connector(self) -> None:
        """As a power cut does."""
        if self._connector is not None:
            self._connector.kill()
            self._connector.wait(STARTS_WITHIN_S)

    def enrolment_code(self, name: str) -> str:
        """A one-time code for a terminal."""
        made = subprocess.run(
            [sys.executable, "-m", "cloud_connector", "device", "add", "--store", STORE, "--name", name],
            cwd=ROOT,
            env=self._environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=STARTS_WITHIN_S,
        )
        return made.stdout.strip().splitlines()[0]

    def state(self) -> dict[str, Any]:
        """What the sandbox has seen."""
        answer: dict[str, Any] = json.loads(_fetch(f"{self.sandbox_url}/sandbox/state"))
        return answer

    def press(self, userid: str, task_id: str, key: str, colleague: str = "") -> None:
        """Press a button on a consultant's phone."""
        body = {"userid": userid, "task_id": task_id, "key": key} | ({"colleague": colleague} if colleague else {})
        _fetch(f"{self.sandbox_url}/sandbox/press", json.dumps(body).encode())

    def phone_page(self, userid: str) -> str:
        """Address of a consultant's phone."""
        return f"{self.sandbox_url}/sandbox/phone/{userid}"

    def stop(self) -> None:
        """End both."""
        for process in (self._connector, self._sandbox):
            if process is not None and process.poll() is None:
                process.terminate()
                try:
                    process.wait(12)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait(STARTS_WITHIN_S)
        while self._held_ports:
            self._held_ports.pop().close()

    def _hold_port(self) -> int:
        """A free port that the system gives to nobody else, not even while the connector is down.

        The socket is bound and never listens; a server that names the port may listen there (it sets SO_REUSEADDR).
        """
        held = socket.socket()
        if sys.platform != "win32":  # there it would let two servers have one port
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        if sys.platform == "win32":
            held.close()
        else:
            self._held_ports.append(held)
        return port

    def _start_sandbox(self, secret: str, token: str, aes_key: str) -> None:
        members = self.folder / "members.json"
        people = [{"userid": userid, "name": name, "title": ""} for userid, name in self.members]
        members.write_text(json.dumps(people, ensure_ascii=False), encoding="utf-8")
        callback = f"{self.connector_url}/wecom/{CORP_ID}/{AGENT_ID}"
        words = ["--port", str(self.sandbox_port), "--callback", callback, "--corp-id", CORP_ID, "--secret", secret]
        words += ["--agent-id", str(AGENT_ID), "--token", token, "--aes-key", aes_key, "--members", str(members)]
        self._sandbox = self._spawn("sandbox", ["-m", "cloud_connector.sandbox", *words])
        self._wait(f"{self.sandbox_url}/sandbox/state", self._sandbox)

    def _spawn(self, name: str, words: list[str], more: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *words],
                cwd=ROOT,
                env={**self._environment, **(more or {})},
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )

    def _wait(self, url: str, process: subprocess.Popen[bytes]) -> None:
        def answers() -> bool:
            if process.poll() is not None:
                raise FarEndAway("far end", status=process.returncode)
            try:
                _fetch(url)
            except (urllib.error.URLError, OSError):
                return False
            return True

        wait_until(answers, STARTS_WITHIN_S, self.clock, what=url)


def wait_until(is_so: Callable[[], bool], limit_s: float, clock: Clock, *, what: str, pause_s: float = 0.05) -> float:
    """Seconds until `is_so`. Raises `FarEndAway` when the limit passed first."""
    began = clock.monotonic()
    waiting = threading.Event()
    while not is_so():
        if clock.monotonic() - began > limit_s:
            raise FarEndAway(what, limit_s=limit_s)
        waiting.wait(pause_s)
    return clock.monotonic() - began


def _random_word(length: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def _fetch(url: str, body: bytes | None = None) -> bytes:
    request = urllib.request.Request(url, data=body, headers={"Content-Type": "application/json"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=ANSWERS_WITHIN_S) as answer:
        content: bytes = answer.read()
        return content
