"""Runs the WeCom sandbox as its own process, and a small app that receives its callbacks, for tests over real HTTP."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from cloud_connector.sandbox import xml
from cloud_connector.sandbox.crypto import Envelope
from tests.waiting import PATIENCE_S

ROOT = Path(__file__).resolve().parents[2]
CORP_ID = "wx5823bf96d3bd56c7"
AGENT_ID = 1000002
SECRET = "sandbox-secret"
TOKEN = "QDG6eK"
AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"


class Sandbox:
    """One running sandbox as a client sees it."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.http = httpx.Client(base_url=base_url, trust_env=False, timeout=PATIENCE_S)
        self.token = self.get("gettoken", corpid=CORP_ID, corpsecret=SECRET)["access_token"]

    def get(self, api: str, **query: str) -> dict[str, Any]:
        return dict(self.http.get(f"/cgi-bin/{api}", params=query).json())

    def post(self, api: str, body: object) -> dict[str, Any]:
        response = self.http.post(f"/cgi-bin/{api}", params={"access_token": self.token}, json=body)
        assert response.status_code == 200
        return dict(response.json())

    def act(self, what: str, **body: object) -> httpx.Response:
        return self.http.post(f"/sandbox/{what}", json=body)

    def state(self) -> dict[str, Any]:
        return dict(self.http.get("/sandbox/state").json())

    def on_phone(self, userid: str, task_id: str) -> dict[str, Any]:
        return next(e for e in self.state()["phones"] if (e["userid"], e["task_id"]) == (userid, task_id))


@contextmanager
def running_sandbox(folder: Path, *extra: str) -> Iterator[Sandbox]:
    port_file = folder / "port"
    secrets = ["--secret", SECRET, "--token", TOKEN, "--aes-key", AES_KEY]
    names = ["--corp-id", CORP_ID, "--agent-id", str(AGENT_ID), "--port-file", str(port_file)]
    command = [
        sys.executable,
        "-m",
        "cloud_connector.sandbox",
        *names,
        *secrets,
        "--callback-timeout",
        str(PATIENCE_S),
        *extra,
    ]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    sandbox = None
    try:
        end = time.monotonic() + PATIENCE_S
        ready = threading.Event()
        while not port_file.exists():
            assert process.poll() is None, "the sandbox stopped"
            assert time.monotonic() < end, "the sandbox did not start"
            ready.wait(0.02)
        sandbox = Sandbox(f"http://127.0.0.1:{port_file.read_text()}")
        yield sandbox
    finally:
        if sandbox is not None:
            sandbox.http.close()
        process.terminate()
        process.wait(PATIENCE_S)


class ReceivingApp:
    """An app's callback URL: checks and opens what arrives; `answer` decides status and reply."""

    def __init__(self) -> None:
        self.envelope = Envelope(TOKEN, AES_KEY, CORP_ID)
        self.events: list[dict[str, str]] = []
        self.raw: list[str] = []
        self.answer: Callable[[dict[str, str]], tuple[int, str]] = lambda _event: (200, "")
        self.url = ""

    def receive(self, query: dict[str, list[str]], body: str) -> tuple[int, str]:
        encrypted = xml.text_of(xml.parse(body), "Encrypt")
        self.envelope.check(query["msg_signature"][0], query["timestamp"][0], query["nonce"][0], encrypted)
        plain = self.envelope.open(encrypted)
        self.raw.append(plain)
        root = xml.parse(plain)
        event = {child.tag: (child.text or "") for child in root if not len(child)}
        event["OptionId"] = xml.text_of(root, "SelectedItems/SelectedItem/OptionIds/OptionId")
        self.events.append(event)
        return self.answer(event)

    def echo(self, query: dict[str, list[str]]) -> str:
        encrypted = query["echostr"][0]
        self.envelope.check(query["msg_signature"][0], query["timestamp"][0], query["nonce"][0], encrypted)
        return self.envelope.open(encrypted)

    def sealed(self, fields: list[xml.Field]) -> str:
        """A passive reply, encrypted."""
        encrypted = self.envelope.seal(xml.build(fields))
        signed = self.envelope.sign("1700000000", "17", encrypted)
        return xml.build([("Encrypt", encrypted), ("MsgSignature", signed), ("TimeStamp", 1700000000), ("Nonce", "17")])


@contextmanager
def receiving_app() -> Iterator[ReceivingApp]:
    app = ReceivingApp()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.finish_with(*app.receive(parse_qs(urlsplit(self.path).query), body))

        def do_GET(self) -> None:
            self.finish_with(200, app.echo(parse_qs(urlsplit(self.path).query)))

        def finish_with(self, status: int, text: str) -> None:
            data = text.encode()
            with suppress(OSError):  # whoever asked may have given up
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        def log_message(self, *_args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    app.url = f"http://127.0.0.1:{server.server_address[1]}/wecom?app=1"
    try:
        yield app
    finally:
        server.shutdown()
        server.server_close()
        thread.join(PATIENCE_S)
