"""WeCom calls back here: the check of the address, and events. Only 200 counts for WeCom; it waits five seconds."""

import logging

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from cloud_connector.api.errors import Refused
from cloud_connector.api.parts import Parts, body_of
from cloud_connector.relay.spool import Spooled
from cloud_connector.wecom.callback_crypto import CallbackRefused
from cloud_connector.wecom.callback_xml import MAX_BODY_BYTES

log = logging.getLogger(__name__)


def routes(parts: Parts) -> APIRouter:
    """GET and POST /wecom/{corp}/{app}."""
    router = APIRouter()

    @router.get("/wecom/{corp}/{app}")
    async def check_address(request: Request, corp: str, app: str) -> Response:
        _ours(parts, corp, app)
        query = request.query_params
        try:
            question = Spooled(query.get("msg_signature", ""), query.get("timestamp", ""), query.get("nonce", ""), "")
            echo = parts.callbacks.check_url(question, query.get("echostr", ""))
        except CallbackRefused as refused:
            raise _refusal(parts, refused) from None
        return Response(echo, media_type="text/plain")

    @router.post("/wecom/{corp}/{app}")
    async def take_event(request: Request, corp: str, app: str) -> Response:
        _ours(parts, corp, app)
        query = request.query_params
        with parts.metrics.callback_seconds.time():
            body = await body_of(request, MAX_BODY_BYTES)
            try:
                callback = Spooled(
                    query.get("msg_signature", ""), query.get("timestamp", ""), query.get("nonce", ""), _text(body)
                )
                said = await run_in_threadpool(parts.callbacks.take, callback)
            except CallbackRefused as refused:
                raise _refusal(parts, refused) from None
        parts.metrics.callbacks.labels("answered" if said else "taken").inc()
        return Response(said, media_type="text/xml" if said else "text/plain")

    return router


def _ours(parts: Parts, corp: str, app: str) -> None:
    if corp != parts.corp_id or app != str(parts.agent_id):
        raise Refused(404, "not_found")


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise CallbackRefused("xml") from None


def _refusal(parts: Parts, refused: CallbackRefused) -> Refused:
    parts.metrics.callbacks.labels("refused").inc()
    log.warning("callback refused", extra={"action": "callback", "why": refused.reason})
    return Refused(403, "refused")
