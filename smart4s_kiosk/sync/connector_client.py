"""Signed HTTP to the connector: batches up, polls down, enrolment. Learns the server's clock from every answer."""

import gzip
import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import requests
from pydantic import BaseModel, ValidationError

from cloud_connector.contract import signing
from cloud_connector.contract.envelope import (
    BatchAnswer,
    EnrolAnswer,
    EnrolRequest,
    Event,
    InboxAnswer,
    Problem,
    StateAnswer,
)
from smart4s_kiosk.ports.clock import Clock, Ids
from smart4s_kiosk.ports.sync import ConnectorAway, ConnectorRefused
from smart4s_kiosk.ports.vault import DeviceSigner
from smart4s_kiosk.sync.identity import DeviceIdentity, IdentityFile
from smart4s_kiosk.sync.sockets import Cutter, session

log = logging.getLogger(__name__)
CONNECT_S, POLL_GRACE_S = 5.0, 10.0
CLOCK_SET_S = 5.0
"""A clock that jumped this far against the uptime was set."""
OFFSET_NOTED_S = 5.0
EVENTS = "/v1/events:batch"
MAX_ANSWER_BYTES = 4 * 1024 * 1024
_HEX = "0123456789abcdef"
_COME_BACK = frozenset({408, 425, 429, 500, 502, 503, 504})
A = TypeVar("A", bound=BaseModel)


class ClockLearned(ConnectorAway):
    """The connector says that this machine's clock is wrong; by how much is known now. Make the events again and send.

    Their times were written with the old offset: sent as they are, a request would look long expired.
    """


class ResyncNeeded(ConnectorRefused):
    """The connector no longer has what stood behind our cursor."""

    code = "connector.resync"


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """How the connector is reached."""

    url: str
    proxy: str = ""
    certificate_file: Path | None = None
    answer_s: float = 20.0
    """How long an answer to a batch may take."""


class ConnectorClient:
    """Speaks for this terminal. `send` and `poll` may run in two threads; `close` may be called from a third."""

    def __init__(
        self, settings: ClientSettings, signer: DeviceSigner, identity: IdentityFile, clock: Clock, ids: Ids
    ) -> None:
        self._url = settings.url.rstrip("/")
        self._answer_s = settings.answer_s
        self._signer = signer
        self._identity = identity
        self._clock = clock
        self._ids = ids
        self._cutter = Cutter()
        certificate = str(settings.certificate_file or "")
        self._uploads = session(self._cutter, proxy=settings.proxy, certificate_file=certificate)
        self._polls = session(self._cutter, proxy=settings.proxy, certificate_file=certificate)
        self._offset_lock = threading.Lock()

    @property
    def identity(self) -> DeviceIdentity:
        return self._identity.get()

    def close(self) -> None:
        """Cut every waiting request; later ones fail at once."""
        self._cutter.cut()

    def send(self, events: Sequence[Event]) -> BatchAnswer:
        """Post a batch.

        Raises:
            ConnectorAway: nothing is known about what became of it: send it again.
            ClockLearned: send it again at once, with times made anew.
            ConnectorRefused: the batch or the terminal is refused as a whole.

        """
        texts = ",".join(event.model_dump_json(by_alias=True) for event in events)
        body = gzip.compress(f'{{"events":[{texts}]}}'.encode(), 6, mtime=0)
        return self._signed(self._uploads, "POST", EVENTS, [], body, BatchAnswer, self._answer_s)

    def poll(self, after: int, wait_s: int) -> InboxAnswer:
        """Commands behind `after`, waiting up to `wait_s` for the first.

        Raises:
            ResyncNeeded: ask for the state instead.
            ConnectorAway, ConnectorRefused.

        """
        query = [("after", str(after)), ("wait", str(wait_s))]
        return self._signed(self._polls, "GET", "/v1/inbox", query, b"", InboxAnswer, wait_s + POLL_GRACE_S)

    def state(self) -> StateAnswer:
        """Where the cloud believes every visit stands, and the cursor to go on from."""
        return self._signed(self._polls, "GET", "/v1/state", [], b"", StateAnswer, self._answer_s)

    def enrol(self, code: str, device_name: str) -> DeviceIdentity:
        """Make this terminal known and remember who it is.

        Raises:
            ConnectorAway, ConnectorRefused.

        """
        key = self._signer.public_key().hex()
        proof = self._signer.sign(signing.enrolment_proof(code, key)).hex()
        asked = EnrolRequest(code=code, public_key=key, proof=proof, device_name=device_name[:60])
        body = asked.model_dump_json().encode()
        response = self._request(self._uploads, "POST", "/v1/enrol", [], body, {}, self._answer_s)
        if response.status_code != requests.codes.ok:
            raise _failure(response, _problem(response))
        answer = _parsed(EnrolAnswer, response)
        offset = (answer.server_time - self._clock.now()).total_seconds()
        self._identity.put(DeviceIdentity(answer.device_id, answer.store_id, offset, self._clock_base()))
        return self._identity.get()

    def clock_offset_s(self) -> float | None:
        """Server's clock minus this machine's; None when it was not measured since the clock was last set."""
        known = self._identity.newest()
        if known.measured_base_s is None or abs(known.measured_base_s - self._clock_base()) > CLOCK_SET_S:
            return None
        return known.clock_offset_s

    def _signed(
        self,
        over: requests.Session,
        method: str,
        path: str,
        query: list[tuple[str, str]],
        body: bytes,
        expected: type[A],
        answer_s: float,
    ) -> A:
        response = self._request(over, method, path, query, body, self._signature(method, path, query, body), answer_s)
        problem = _problem(response)
        if problem is not None and problem.code == "clock_skew" and problem.server_time is not None:
            before = self.identity.clock_offset_s
            self._learn_clock(problem.server_time, tolerance_s=0.0)
            if path == EVENTS and abs(self.identity.clock_offset_s - before) > OFFSET_NOTED_S:
                raise ClockLearned("clock_skew", retry_after_s=0.0)
            again = self._signature(method, path, query, body)
            response = self._request(over, method, path, query, body, again, answer_s)
            problem = _problem(response)
        if response.status_code != requests.codes.ok:
            raise _failure(response, problem)
        answer = _parsed(expected, response)
        server_time = getattr(answer, "server_time", None)
        if isinstance(server_time, datetime):
            self._learn_clock(server_time, tolerance_s=OFFSET_NOTED_S)
        return answer

    def _request(
        self,
        over: requests.Session,
        method: str,
        path: str,
        query: list[tuple[str, str]],
        body: bytes,
        headers: dict[str, str],
        answer_s: float,
    ) -> requests.Response:
        if method == "POST" and path.endswith(":batch"):
            headers = {**headers, "Content-Encoding": "gzip"}
        try:
            return over.request(
                method,
                self._url + path,
                params=query,
                data=body or None,
                headers={**headers, "Content-Type": "application/json"},
                timeout=(CONNECT_S, answer_s),
                allow_redirects=False,
            )
        except requests.RequestException as away:
            raise ConnectorAway(type(away).__name__) from None

    def _signature(self, method: str, path: str, query: list[tuple[str, str]], body: bytes) -> dict[str, str]:
        identity = self._identity.get()
        if not identity.is_enrolled:
            raise ConnectorRefused("not_enrolled")
        stamp = int((self._clock.now() + timedelta(seconds=identity.clock_offset_s)).timestamp())
        nonce = self._ids.code(signing.NONCE_BYTES * 2, _HEX)
        signed = signing.canonical(
            method=method, path=path, query=query, body=body, device_id=identity.device_id, unix_ts=stamp, nonce=nonce
        )
        return {
            signing.HEADER_DEVICE: identity.device_id,
            signing.HEADER_TIME: str(stamp),
            signing.HEADER_NONCE: nonce,
            signing.HEADER_SIGNATURE: self._signer.sign(signed).hex(),
        }

    def _learn_clock(self, server_time: datetime, *, tolerance_s: float) -> None:
        """Note the offset when it moved; the answer's way back makes it at most some seconds wrong."""
        offset = (server_time - self._clock.now()).total_seconds()
        with self._offset_lock:
            known, base = self._identity.get(), self._clock_base()
            was_set = known.measured_base_s is None or abs(known.measured_base_s - base) > CLOCK_SET_S
            if was_set or abs(offset - known.clock_offset_s) > tolerance_s:
                log.info("clock offset noted", extra={"action": "sync.clock", "offset_s": round(offset)})
                self._identity.put_offset(offset, base)

    def _clock_base(self) -> float:
        """Stays the same while nobody sets the clock and the machine is not started again."""
        return self._clock.now().timestamp() - self._clock.monotonic()


def _problem(response: requests.Response) -> Problem | None:
    if response.status_code == requests.codes.ok:
        return None
    try:
        return Problem.model_validate_json(response.content[:4096])
    except ValidationError:
        return None


def _failure(response: requests.Response, problem: Problem | None) -> ConnectorAway | ConnectorRefused:
    """What an answer other than 200 means. An answer that is not the connector's own comes from something between."""
    status = response.status_code
    if status in _COME_BACK or problem is None:
        wait = response.headers.get("Retry-After", "")
        return ConnectorAway(f"http_{status}", retry_after_s=float(wait) if wait.isdecimal() else None)
    if problem.resync:
        return ResyncNeeded(problem.code)
    if status == requests.codes.upgrade_required:
        return ConnectorRefused("update_needed")
    return ConnectorRefused(problem.code)


def _parsed(expected: type[A], response: requests.Response) -> A:
    try:
        return expected.model_validate_json(response.content[:MAX_ANSWER_BYTES])
    except ValidationError:
        raise ConnectorAway("not_a_connector") from None
