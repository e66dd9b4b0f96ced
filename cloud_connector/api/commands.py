"""Hands out commands by long poll, and the state to a showroom that lost its place."""

import asyncio
from datetime import timedelta
from typing import Literal, cast

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from cloud_connector.api.errors import Refused
from cloud_connector.api.parts import Parts, answer, device_of
from cloud_connector.contract.envelope import MAX_POLL_S, Command, InboxAnswer, StateAnswer, VisitState
from cloud_connector.storage.commands import CursorTooOld

SAFETY_READ_S = 5.0
"""A parked poll looks by itself that often: a NOTIFY can be lost while the listener reconnects."""
_STATE_COVERS = timedelta(days=2)
_Standing = Literal["waiting", "later", "passed", "accepted", "closed"]


def routes(parts: Parts) -> APIRouter:
    """GET /v1/inbox and GET /v1/state."""
    router = APIRouter()

    @router.get("/v1/inbox")
    async def inbox(request: Request) -> Response:
        device = await device_of(parts, request, b"")
        after, wait_s = _number(request, "after", 2**62), _number(request, "wait", MAX_POLL_S)
        await run_in_threadpool(_acknowledge, parts, device.store_id, after)
        commands = await _commands(parts, device.id, device.store_id, after, wait_s)
        following = commands[-1].cursor if commands else after
        return answer(InboxAnswer(events=tuple(commands), next=following, server_time=parts.now()), request)

    @router.get("/v1/state")
    async def state(request: Request) -> Response:
        device = await device_of(parts, request, b"")
        return answer(await run_in_threadpool(_state, parts, device.store_id), request)

    return router


async def _commands(parts: Parts, device_id: str, store_id: str, after: int, wait_s: int) -> list[Command]:
    """What stands behind `after`, as soon as there is something, at the latest after `wait_s`."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + wait_s
    with parts.parking.park(device_id, store_id) as bell:
        parts.metrics.poll_parked.set(parts.parking.parked)
        while True:
            commands = await run_in_threadpool(_read, parts, store_id, after)
            left = deadline - loop.time()
            if commands or left <= 0 or bell.released:
                return commands
            await bell.wait(min(SAFETY_READ_S, left))


def _read(parts: Parts, store_id: str, after: int) -> list[Command]:
    try:
        with parts.database.look() as work:
            return work.commands.after(store_id, after)
    except CursorTooOld:
        raise Refused(410, "cursor_too_old", resync=True) from None


def _acknowledge(parts: Parts, store_id: str, after: int) -> None:
    with parts.database.look() as work:
        acked = work.commands.acked(store_id)
    if after > acked:
        with parts.database.begin() as work:
            work.commands.acknowledge(store_id, after)


def _state(parts: Parts, store_id: str) -> StateAnswer:
    now = parts.now()
    with parts.database.look() as work:
        following = work.commands.last_cursor(store_id)
        standings = work.visits.all_open(store_id, now - _STATE_COVERS)
    visits = tuple(VisitState(visit=s.visit, state=cast("_Standing", s.state), by=s.by_user) for s in standings)
    return StateAnswer(next=following, visits=visits, server_time=now)


def _number(request: Request, name: str, high: int) -> int:
    text = request.query_params.get(name, "0")
    if not (text.isascii() and text.isdecimal() and len(text) < 20):
        raise Refused(400, "invalid", name)
    return min(int(text), high)
