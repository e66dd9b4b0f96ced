"""Whether the process lives, whether it can work, and its numbers. None of them asks WeCom."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from cloud_connector.api.parts import Parts
from cloud_connector.storage.database import DatabaseAway
from cloud_connector.storage.migrate import is_current

SPOOL_LIMIT = 100


def routes(parts: Parts) -> APIRouter:
    """GET /healthz, /readyz and /metrics."""
    router = APIRouter()

    @router.get("/healthz")
    async def healthz() -> Response:
        return JSONResponse({"status": "ok"})

    @router.get("/readyz")
    async def readyz() -> Response:
        problems = await run_in_threadpool(_problems, parts)
        return JSONResponse({"ready": not problems, "problems": problems}, 503 if problems else 200)

    @router.get("/metrics")
    async def metrics() -> Response:
        await run_in_threadpool(_measure, parts)
        return Response(parts.metrics.text(), media_type="text/plain; version=0.0.4")

    return router


def _problems(parts: Parts) -> list[str]:
    problems = ["stopping"] if parts.parking.is_closed else []
    try:
        with parts.database.begin() as work:
            work.ping()
        if not is_current(parts.database):
            problems.append("database_not_migrated")
        stopped = parts.is_stopped()
        if stopped is not None:
            problems.append(f"wecom_stopped_{stopped}")
    except DatabaseAway:
        problems.append("database_away")
    if parts.spool.count() > SPOOL_LIMIT:
        problems.append("callbacks_wait_on_disk")
    return problems


def _measure(parts: Parts) -> None:
    metrics = parts.metrics
    with parts.database.look() as work:
        counts, oldest, lags = work.deliveries.counts(), work.deliveries.oldest_due(), work.commands.lags()
    for state in ("due", "done", "dead", "expired"):
        metrics.jobs.labels(state).set(counts.get(state, 0))
    metrics.oldest_seconds.set(0 if oldest is None else max(0.0, (parts.now() - oldest).total_seconds()))
    metrics.inbox_lag.set(max(lags, default=0))
    metrics.poll_parked.set(parts.parking.parked)
    metrics.spooled.set(parts.spool.count())
    metrics.stopped.set(0 if parts.is_stopped() is None else 1)
