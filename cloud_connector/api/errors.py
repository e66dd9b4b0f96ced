"""Error to status: refusals in our own words, an absent database as "come back", anything else as a reference."""

import logging
import secrets
from datetime import UTC, datetime

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cloud_connector.contract.envelope import Problem
from cloud_connector.storage.database import DatabaseAway

log = logging.getLogger(__name__)


class Refused(Exception):
    """A request that is answered with an error; `code` is stable."""

    def __init__(
        self, status: int, code: str, detail: str = "", *, retry_after_s: int | None = None, resync: bool = False
    ) -> None:
        self.status = status
        self.problem = Problem(code=code, detail=detail, server_time=datetime.now(UTC), resync=resync)
        self.retry_after_s = retry_after_s
        super().__init__(code)


def problem_response(refused: Refused) -> Response:
    """The answer for a refusal."""
    headers = {} if refused.retry_after_s is None else {"Retry-After": str(refused.retry_after_s)}
    body = refused.problem.model_dump_json(exclude_none=True)
    return Response(body, refused.status, headers, media_type="application/json")


class ErrorsToStatus:
    """Middleware around all routes: no exception reaches a caller, none is lost."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Refused as refused:
            await problem_response(refused)(scope, receive, send)
        except DatabaseAway:
            log.warning("database away", extra={"action": "request", "path": scope["path"]})
            await problem_response(Refused(503, "database_away", retry_after_s=2))(scope, receive, send)
        except Exception:
            reference = secrets.token_hex(4)
            log.exception("request failed", extra={"path": scope["path"], "reference": reference})
            if not started:
                await problem_response(Refused(500, "internal", reference))(scope, receive, send)
