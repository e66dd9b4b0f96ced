"""Walks the way to the connector step by step and names the first step that fails: for `doctor`, not for messages."""

import http.client
import json
import socket
import ssl
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

STEP_LIMIT_S = 4.0
HEALTH_PATH = "/healthz"
_LARGEST_ANSWER = 65_536
_NOT_YET_VALID, _EXPIRED, _WRONG_NAME, _WRONG_ADDRESS = 9, 10, 62, 64
_REDIRECTS = {301, 302, 303, 307, 308}
_ASKS_SIGN_IN = 511
_PROXY_ASKS_PASSWORD = "407"


@dataclass(frozen=True, slots=True)
class LineReport:
    """Where the way ends. `code` is one of the words below; `server_time` is the connector's clock if it answered.

    ok, no_name, refused, no_answer, proxy_away, proxy_refuses, proxy_asks_password, tls_untrusted, tls_wrong_name,
    tls_wrong_time, tls_failed, captive_portal, not_a_connector, connector_failing.
    """

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    server_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class LineSettings:
    """How the connector is reached."""

    url: str
    proxy: str = ""
    """Empty: the system's own setting."""
    certificate_file: Path | None = None
    plain_port: int = 80
    """Where a captive portal answers in place of any host."""


def look_up(settings: LineSettings) -> LineReport:
    """Whether the first name on the way (the proxy's, else the connector's) has an address."""
    place = _proxy_for(settings) or urlsplit(settings.url)
    try:
        socket.getaddrinfo(place.hostname, place.port or 443, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        return LineReport("no_name", {"host": place.hostname})
    return LineReport("ok", {"host": place.hostname})


def walk(settings: LineSettings) -> LineReport:
    """Connect, pass the proxy, check the certificate, ask the connector how it is. Each step has its limit."""
    target, proxy = urlsplit(settings.url), _proxy_for(settings)
    connection = _connection(target, proxy, settings.certificate_file)
    host = {"host": target.hostname}
    via = {"host": proxy.hostname} if proxy else host
    is_plain_through_proxy = proxy is not None and target.scheme == "http"
    path = (settings.url if is_plain_through_proxy else target.path).rstrip("/") + HEALTH_PATH
    try:
        connection.request("GET", path, headers={"Accept": "application/json"})
        way = {"proxy": proxy.hostname if proxy else "", "certificate_until": _valid_until(connection)}
        report = _judge(connection.getresponse(), target)
        return replace(report, facts={**report.facts, **way})
    except socket.gaierror:
        return LineReport("no_name", via)
    except ssl.SSLCertVerificationError as error:
        return _portal_instead(settings) or LineReport(
            _certificate_code(error), {**host, "reason": error.verify_message}
        )
    except ssl.SSLError as error:
        return _portal_instead(settings) or LineReport("tls_failed", {**host, "reason": error.reason})
    except ConnectionRefusedError:
        return LineReport("proxy_away" if proxy else "refused", via)
    except TimeoutError:
        return LineReport("proxy_away" if proxy else "no_answer", via)
    except OSError as error:
        if str(error).startswith("Tunnel connection failed"):
            return LineReport("proxy_asks_password" if _PROXY_ASKS_PASSWORD in str(error) else "proxy_refuses", via)
        return LineReport("no_answer", via)
    except http.client.HTTPException:
        return LineReport("not_a_connector", host)
    finally:
        connection.close()


def _connection(target: SplitResult, proxy: SplitResult | None, certificate: Path | None) -> http.client.HTTPConnection:
    place = proxy or target
    host = place.hostname or ""
    if target.scheme == "http":
        return http.client.HTTPConnection(host, place.port or 80, timeout=STEP_LIMIT_S)
    context = ssl.create_default_context()
    if certificate is not None:
        context.load_verify_locations(certificate)
    connection = http.client.HTTPSConnection(host, place.port or 443, timeout=STEP_LIMIT_S, context=context)
    if proxy is not None:
        connection.set_tunnel(target.hostname or "", target.port or 443)
    return connection


def _valid_until(connection: http.client.HTTPConnection) -> str:
    """The last day of the certificate in use, in ISO form; empty on a line without TLS."""
    if not isinstance(connection.sock, ssl.SSLSocket):
        return ""
    ends = (connection.sock.getpeercert() or {}).get("notAfter")
    return f"{datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC):%Y-%m-%d}" if isinstance(ends, str) else ""


def _judge(answer: http.client.HTTPResponse, target: SplitResult) -> LineReport:
    """What an HTTP answer says about who gave it."""
    body = answer.read(_LARGEST_ANSWER)
    facts: dict[str, object] = {"host": target.hostname, "status": answer.status}
    moment = _time_in(answer.headers.get("Date", ""))
    location = urlsplit(answer.headers.get("Location", "")).hostname
    if answer.status == _ASKS_SIGN_IN or (answer.status in _REDIRECTS and location not in {None, target.hostname}):
        return LineReport("captive_portal", {**facts, "portal": location or ""})
    if _is_healthy(body):
        return LineReport("ok", facts, moment)
    if answer.status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        return LineReport("connector_failing", facts, moment)
    return LineReport("not_a_connector", facts)


def _is_healthy(body: bytes) -> bool:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and content.get("status") == "ok"


def _portal_instead(settings: LineSettings) -> LineReport | None:
    """A captive portal breaks TLS because it answers in the connector's place; without TLS it shows itself."""
    target = urlsplit(settings.url)
    plain = http.client.HTTPConnection(target.hostname or "", settings.plain_port, timeout=STEP_LIMIT_S / 2)
    try:
        plain.request("GET", "/")
        report = _judge(plain.getresponse(), target)
    except (OSError, http.client.HTTPException):
        return None
    finally:
        plain.close()
    return report if report.code == "captive_portal" else None


def _certificate_code(error: ssl.SSLCertVerificationError) -> str:
    if error.verify_code in {_NOT_YET_VALID, _EXPIRED}:
        return "tls_wrong_time"
    return "tls_wrong_name" if error.verify_code in {_WRONG_NAME, _WRONG_ADDRESS} else "tls_untrusted"


def _time_in(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except (TypeError, ValueError):
        return None


def _proxy_for(settings: LineSettings) -> SplitResult | None:
    """The proxy that the settings or the system name for the connector."""
    if settings.proxy:
        return urlsplit(settings.proxy)
    target = urlsplit(settings.url)
    named = urllib.request.getproxies().get(target.scheme, "")
    if not named or urllib.request.proxy_bypass(target.hostname or ""):
        return None
    return urlsplit(named if "://" in named else f"http://{named}")
