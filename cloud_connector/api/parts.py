"""What the routes work with, and the few lines that all of them share."""

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from fastapi import Request
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from cloud_connector.api.auth import RateLimit, authenticate
from cloud_connector.api.errors import Refused
from cloud_connector.api.metrics import Metrics
from cloud_connector.api.parking import Parking
from cloud_connector.contract.envelope import MAX_BATCH_BYTES
from cloud_connector.relay.callbacks import Callbacks
from cloud_connector.relay.spool import Spool
from cloud_connector.storage.database import Database
from cloud_connector.storage.sites import Device

MAX_BODY_BYTES = 2 * MAX_BATCH_BYTES


@dataclass(frozen=True)
class Parts:
    """Everything a route may need; built in `app.py`."""

    database: Database
    callbacks: Callbacks
    spool: Spool
    parking: Parking
    metrics: Metrics
    corp_id: str
    agent_id: int
    is_stopped: Callable[[], int | None]
    """The code that stopped the app, if one did."""
    now: Callable[[], datetime]
    device_limit: RateLimit = field(default_factory=lambda: RateLimit(per_s=20, burst=60))
    enrol_limit: RateLimit = field(default_factory=lambda: RateLimit(per_s=1 / 6, burst=10))


async def body_of(request: Request, limit: int = MAX_BODY_BYTES) -> bytes:
    """The body as sent, bounded while it is read.

    Raises:
        Refused: 413 too_large.

    """
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise Refused(413, "too_large")
        parts.append(part)
    return b"".join(parts)


def unpacked(request: Request, body: bytes) -> bytes:
    """The body without gzip, bounded while it grows.

    Raises:
        Refused: 400 bad_encoding, 413 too_large, 415 for another encoding.

    """
    encoding = request.headers.get("content-encoding", "identity").lower()
    if encoding == "identity":
        plain = body
    elif encoding == "gzip":
        inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            plain = inflater.decompress(body, MAX_BATCH_BYTES + 1)
        except zlib.error:
            raise Refused(400, "bad_encoding") from None
        if not inflater.eof and len(plain) <= MAX_BATCH_BYTES:
            raise Refused(400, "bad_encoding")
    else:
        raise Refused(415, "unknown_encoding")
    if len(plain) > MAX_BATCH_BYTES:
        raise Refused(413, "too_large")
    return plain


async def device_of(parts: Parts, request: Request, body: bytes) -> Device:
    """The device that signed this request."""
    parts.device_limit.check(request.headers.get("x-device", ""))
    return await run_in_threadpool(
        authenticate,
        parts.database,
        method=request.method,
        path=request.url.path,
        query=request.query_params.multi_items(),
        headers=request.headers,
        body=body,
        now=parts.now(),
    )


def answer(model: BaseModel, request: Request | None = None) -> Response:
    """A model as JSON, packed when it is large and the caller can unpack."""
    text = model.model_dump_json(by_alias=True).encode()
    headers = {"Cache-Control": "no-store"}
    if request is not None and len(text) > 1024 and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        text = gzip.compress(text, 5)
    return Response(text, media_type="application/json", headers=headers)
