"""A terminal as the connector sees it: a key, signed requests, events."""

import gzip
import json
import secrets
import time
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cloud_connector.contract import signing
from tests.waiting import PATIENCE_S

VISIT = "019a6f00-0000-7000-8000-000000000001"


class TestSigner:
    """An Ed25519 key in memory."""

    __test__ = False

    def __init__(self) -> None:
        self._key = Ed25519PrivateKey.generate()

    def public_key(self) -> bytes:
        return self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


class TestDevice:
    """Signs and sends; `skew_s` is how wrong its clock is."""

    __test__ = False

    def __init__(self, base_url: str) -> None:
        self.http = httpx.Client(base_url=base_url, trust_env=False, timeout=PATIENCE_S)
        self.signer = TestSigner()
        self.device_id = ""
        self.skew_s = 0
        self._seq = count(1)

    def enrol(self, code: str) -> httpx.Response:
        key = self.signer.public_key().hex()
        proof = self.signer.sign(signing.enrolment_proof(code, key)).hex()
        answer = self.http.post("/v1/enrol", json={"code": code, "public_key": key, "proof": proof})
        self.device_id = answer.json().get("device_id", "")
        return answer

    def headers(self, method: str, path: str, query: list[tuple[str, str]], body: bytes) -> dict[str, str]:
        stamp, nonce = int(time.time()) + self.skew_s, secrets.token_hex(signing.NONCE_BYTES)
        signed = signing.canonical(
            method=method, path=path, query=query, body=body, device_id=self.device_id, unix_ts=stamp, nonce=nonce
        )
        return {
            signing.HEADER_DEVICE: self.device_id,
            signing.HEADER_TIME: str(stamp),
            signing.HEADER_NONCE: nonce,
            signing.HEADER_SIGNATURE: self.signer.sign(signed).hex(),
        }

    def post(self, events: list[dict[str, Any]]) -> httpx.Response:
        body = gzip.compress(json.dumps({"events": events}).encode())
        headers = {**self.headers("POST", "/v1/events:batch", [], body), "Content-Encoding": "gzip"}
        return self.http.post("/v1/events:batch", content=body, headers=headers)

    def outcomes(self, *events: dict[str, Any]) -> list[str]:
        answer = self.post(list(events))
        assert answer.status_code == 200, answer.text
        return [item["outcome"] for item in answer.json()["items"]]

    def poll(self, after: int = 0, wait: int = 0) -> dict[str, Any]:
        answer = self.get("/v1/inbox", after=str(after), wait=str(wait))
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def get(self, path: str, **query: str) -> httpx.Response:
        return self.http.get(path, params=query, headers=self.headers("GET", path, list(query.items()), b""))

    def event(self, kind: str, event_id: str, data: dict[str, Any], **more: Any) -> dict[str, Any]:
        return {
            "id": event_id,
            "type": kind,
            "schema": 1,
            "aggregate": f"visit:{data.get('visit', 'none')}",
            "seq": next(self._seq),
            "occurred_at": datetime.now(UTC).isoformat(),
            "data": data,
            **more,
        }

    def asks(self, event_id: str, consultant: str = "heyu", visit: str = VISIT, **more: Any) -> dict[str, Any]:
        now = datetime.now(UTC)
        return self.event(
            "visit.requested",
            event_id,
            {
                "visit": visit,
                "consultant": consultant,
                "form_of_address": "张*先生",
                "purpose": "test_drive",
                "party_size": 2,
                "place": "1号台",
                "colleagues": [{"id": "lisi", "name": "李四"}],
                "requested_at": now.isoformat(),
                "expires_at": (now + timedelta(minutes=10)).isoformat(),
                **more,
            },
        )
