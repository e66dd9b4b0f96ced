"""The way to the connector, broken at each step by real servers on this machine."""

import datetime as dt
import socket
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from smart4s_kiosk.sync.line_check import LineSettings, look_up, walk
from tests.integration.local_server import HEALTHY, answering, certificate, server, tls
from tests.postgres import free_port
from tests.waiting import PATIENCE_S


@pytest.fixture(autouse=True)
def _no_proxy_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def test_a_connector_that_answers_is_well_and_tells_its_time() -> None:
    with server(HEALTHY) as port:
        report = walk(LineSettings(f"http://127.0.0.1:{port}"))
    assert report.code == "ok"
    assert report.server_time is not None
    assert abs((report.server_time - dt.datetime.now(dt.UTC)).total_seconds()) < 60


@pytest.mark.parametrize(
    ("handler", "code"),
    [
        (answering(200, b"<html>hotel</html>"), "not_a_connector"),
        (answering(404, b"{}"), "not_a_connector"),
        (answering(503, b"{}"), "connector_failing"),
        (answering(302, b"", Location="http://login.hotel.example/"), "captive_portal"),
        (answering(511, b"sign in"), "captive_portal"),
        (answering(301, b"", Location="/elsewhere"), "not_a_connector"),
        (answering(200, b"[" * 100_000), "not_a_connector"),
    ],
)
def test_who_answers_is_told_by_the_answer(handler: type[BaseHTTPRequestHandler], code: str) -> None:
    with server(handler) as port:
        assert walk(LineSettings(f"http://127.0.0.1:{port}")).code == code


def test_a_closed_port_is_refused_and_a_wrong_name_is_not_found() -> None:
    assert walk(LineSettings(f"http://127.0.0.1:{free_port()}")).code == "refused"
    assert walk(LineSettings("https://connector.invalid")).code == "no_name"
    assert look_up(LineSettings("https://connector.invalid")).code == "no_name"
    assert look_up(LineSettings("https://127.0.0.1")).code == "ok"
    assert (
        look_up(LineSettings("https://127.0.0.1", proxy="http://proxy.invalid:3128")).facts["host"] == "proxy.invalid"
    )


def test_a_line_that_is_cut_in_the_middle_is_no_answer() -> None:
    listening = socket.create_server(("127.0.0.1", 0))

    def hang_up() -> None:
        taken, _address = listening.accept()
        taken.recv(10)
        taken.close()

    thread = threading.Thread(target=hang_up)
    thread.start()
    report = walk(LineSettings(f"http://127.0.0.1:{listening.getsockname()[1]}"))
    thread.join(PATIENCE_S)
    listening.close()
    assert report.code in {"no_answer", "not_a_connector"}


@pytest.mark.parametrize(
    ("make", "trusted", "code"),
    [
        (lambda folder: certificate(folder), True, "ok"),
        (lambda folder: certificate(folder), False, "tls_untrusted"),
        (lambda folder: certificate(folder, name="other.example"), True, "tls_wrong_name"),
        (lambda folder: certificate(folder, days=(-30, -1)), True, "tls_wrong_time"),
        (lambda folder: certificate(folder, days=(1, 30)), True, "tls_wrong_time"),
    ],
)
def test_a_certificate_is_judged(tmp_path: Path, make: Callable[[Path], Path], trusted: bool, code: str) -> None:
    pem = make(tmp_path)
    with server(HEALTHY, tls(pem)) as port:
        settings = LineSettings(
            f"https://127.0.0.1:{port}", certificate_file=pem if trusted else None, plain_port=free_port()
        )
        assert walk(settings).code == code


def test_a_portal_that_breaks_tls_is_recognised_by_its_plain_answer(tmp_path: Path) -> None:
    portal = answering(302, b"", Location="http://login.hotel.example/")
    with server(HEALTHY, tls(certificate(tmp_path))) as port, server(portal) as plain:
        report = walk(LineSettings(f"https://127.0.0.1:{port}", plain_port=plain))
    assert report.code == "captive_portal"
    assert report.facts["portal"] == "login.hotel.example"


def test_speaking_tls_to_a_plain_server_fails_as_such() -> None:
    with server(HEALTHY) as port:
        assert walk(LineSettings(f"https://127.0.0.1:{port}", plain_port=free_port())).code == "tls_failed"


@pytest.mark.parametrize(("status", "code"), [(407, "proxy_asks_password"), (403, "proxy_refuses")])
def test_a_proxy_that_refuses_is_named(status: int, code: str) -> None:
    with server(answering(status, b"")) as port:
        report = walk(LineSettings("https://connector.example", proxy=f"http://127.0.0.1:{port}"))
    assert (report.code, report.facts["host"]) == (code, "127.0.0.1")


def test_a_proxy_that_is_away_is_named() -> None:
    report = walk(LineSettings("https://connector.example", proxy=f"http://127.0.0.1:{free_port()}"))
    assert report.code == "proxy_away"


def test_a_plain_connector_is_reached_through_a_proxy_and_the_systems_own_setting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with server(HEALTHY) as port:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")
        assert walk(LineSettings("http://connector.example")).code == "ok"
        monkeypatch.setenv("no_proxy", "connector.invalid")
        assert walk(LineSettings("http://connector.invalid")).code == "no_name"
