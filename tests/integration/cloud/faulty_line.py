"""A line to the connector that fails as told: refuses, loses the answer, answers for it, waits."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

from tests.waiting import PATIENCE_S


@dataclass
class FaultyLine:
    """`faults` are used up one a request: "lose_answer", "lose_request", "503", "html_502", "slow"; then it is fine."""

    target: str
    url: str = ""
    faults: list[str] = field(default_factory=list)
    trips_over: str = ""
    """A request that holds this text is answered 500, as by a connector with a bug."""
    is_broken: bool = False
    """Every request is answered 500."""
    only: str = ""
    """Faults hit only paths that begin so."""
    seen: list[str] = field(default_factory=list)
    slow: threading.Event = field(default_factory=threading.Event)

    def fault_for(self, path: str) -> str:
        if self.faults and path.startswith(self.only):
            return self.faults.pop(0)
        return ""

    def breaks_over(self, body: bytes) -> bool:
        text = gzip.decompress(body).decode() if body[:2] == b"\x1f\x8b" else ""
        return self.is_broken or bool(self.trips_over and self.trips_over in text)


@contextmanager
def faulty_line(target: str) -> Iterator[FaultyLine]:
    line = FaultyLine(target)
    onward = httpx.Client(trust_env=False, timeout=PATIENCE_S)

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            fault = "500" if line.breaks_over(body) else line.fault_for(self.path)
            line.seen.append(f"{self.path.split('?')[0]} {fault}".strip())
            if fault == "lose_request":
                self.close_connection = True
                return
            if fault == "500":
                self.answer(500, b'{"code":"internal"}', {})
                return
            if fault in {"503", "html_502"}:
                self.answer(int(fault[-3:]), b"<html>busy</html>", {"Retry-After": "0"})
                return
            try:
                found = onward.request(
                    self.command, line.target + self.path, content=body, headers=self.passed_headers()
                )
            except httpx.HTTPError:
                self.answer(502, b"<html>no upstream</html>", {})
                return
            if fault == "slow":
                line.slow.wait(PATIENCE_S)
            if fault == "lose_answer":
                self.close_connection = True
                return
            kept = {"Content-Type": found.headers.get("Content-Type", "")}
            self.answer(found.status_code, found.content, kept)

        def passed_headers(self) -> dict[str, str]:
            return {name: value for name, value in self.headers.items() if name.lower() not in {"host", "connection"}}

        def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            with suppress(OSError):
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        do_GET = do_POST = pass_on

        def log_message(self, *_args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    line.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield line
    finally:
        line.slow.set()
        server.shutdown()
        server.server_close()
        thread.join(PATIENCE_S)
        onward.close()
