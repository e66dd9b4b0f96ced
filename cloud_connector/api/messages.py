"""Takes events and enrolments from showrooms."""

import json

from fastapi import APIRouter, Request
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from cloud_connector.api.auth import enrol
from cloud_connector.api.errors import Refused
from cloud_connector.api.parts import Parts, answer, body_of, device_of, unpacked
from cloud_connector.contract.envelope import EnrolRequest, EventBatch, fields_of
from cloud_connector.relay.intake import take_batch


def routes(parts: Parts) -> APIRouter:
    """POST /v1/events:batch and POST /v1/enrol."""
    router = APIRouter()

    @router.post("/v1/events:batch")
    async def take_events(request: Request) -> Response:
        body = await body_of(request)
        device = await device_of(parts, request, body)
        batch = _batch(unpacked(request, body))
        answered = await run_in_threadpool(take_batch, parts.database, device, batch.events, parts.now())
        for item in answered.items:
            parts.metrics.events.labels(item.outcome).inc()
        return answer(answered, request)

    @router.post("/v1/enrol")
    async def enrol_device(request: Request) -> Response:
        parts.enrol_limit.check(request.client.host if request.client else "")
        try:
            asked = EnrolRequest.model_validate_json(await body_of(request, 4096))
        except ValidationError as broken:
            raise Refused(400, "invalid", fields_of(broken)) from None
        return answer(await run_in_threadpool(enrol, parts.database, asked, parts.now()))

    return router


def _batch(text: bytes) -> EventBatch:
    try:
        return EventBatch.model_validate(json.loads(text))
    except ValidationError as broken:
        raise Refused(400, "invalid", fields_of(broken)) from None
    except (ValueError, RecursionError):
        raise Refused(400, "not_json") from None
