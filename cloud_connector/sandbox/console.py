"""The sandbox's own routes: phones, state, faults, and the acts of people for scripts."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from urllib.parse import parse_qs

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from cloud_connector.sandbox import acts, phone
from cloud_connector.sandbox.acts import NotPressable, Press
from cloud_connector.sandbox.callbacks import CallbackSender
from cloud_connector.sandbox.company import Member
from cloud_connector.sandbox.faults import Fault
from cloud_connector.sandbox.qr import png_of
from cloud_connector.sandbox.state import Entry, SandboxState


async def json_of(request: Request) -> Mapping[str, object]:
    try:
        body = await request.json()
    except ValueError as error:
        raise HTTPException(400, "not JSON") from error
    if not isinstance(body, dict):
        raise HTTPException(400, "not a JSON object")
    return body


def word(body: Mapping[str, object], name: str, default: str | None = None) -> str:
    value = body.get(name, default)
    if not isinstance(value, str):
        raise HTTPException(400, f"{name} is missing")
    return value


def press_of(body: Mapping[str, object]) -> Press:
    """`{userid, task_id, key, colleague?, chosen?: {question: [options]}}`; colleague is short for that question."""
    chosen = body.get("chosen", {})
    if not isinstance(chosen, Mapping):
        raise HTTPException(400, "chosen")
    picked = {str(name): [str(one) for one in options] for name, options in chosen.items()}
    if body.get("colleague"):
        picked["colleague"] = [word(body, "colleague")]
    return Press(word(body, "userid"), word(body, "task_id"), word(body, "key"), picked)


def entry_json(entry: Entry) -> dict[str, object]:
    message = entry.message
    return {
        "userid": entry.userid,
        "msgid": message.msgid,
        "kind": message.kind,
        "task_id": message.task_id,
        "sent_at": message.sent_at,
        "recalled": message.recalled,
        "content": message.content,
        "card": entry.card,
        "replaced": entry.replaced,
        "presses": entry.presses,
        "advice": entry.advice,
    }


def state_json(state: SandboxState, sender: CallbackSender) -> dict[str, object]:
    """All that a test wants to know; no secret, no token."""
    customers = state.customers
    return {
        "corp_id": state.company.corp_id,
        "agent_id": state.company.agent_id,
        "now": state.clock.now(),
        "callback_url": state.callback_url,
        "members": [asdict(member) for member in state.company.members],
        "token_fetches": state.token_fetches,
        "phones": [entry_json(entry) for entry in state.entries],
        "dropped": state.dropped,
        "media": [
            {"media_id": key, "type": one.kind, "name": one.name, "sha256": hashlib.sha256(one.data).hexdigest()}
            for key, one in state.media.items()
        ],
        "calls": list(state.calls),
        "callbacks": [asdict(one) for one in sender.deliveries],
        "faults": [asdict(one) for one in state.faults.list()],
        "contact_ways": [{"config_id": one.config_id, **one.fields} for one in customers.ways.values()],
        "follows": [{**asdict(one), "tags": sorted(one.tags)} for one in customers.follows.values()],
        "welcomes": [asdict(one) for one in customers.welcomes.values()],
        "transfers": [asdict(one) for one in customers.transfers],
        "group_messages": [{"msgid": key, **one} for key, one in customers.group_messages.items()],
    }


def member_or_404(state: SandboxState, userid: str) -> Member:
    member = state.company.member(userid)
    if member is None:
        raise HTTPException(404, "no such member")
    return member


def router(state: SandboxState, sender: CallbackSender) -> APIRouter:
    routes = APIRouter()
    add_phone_routes(routes, state, sender)
    add_code_routes(routes, state, sender)
    add_act_routes(routes, state, sender)
    add_control_routes(routes, state, sender)
    add_test_routes(routes, state, sender)
    return routes


def add_phone_routes(routes: APIRouter, state: SandboxState, sender: CallbackSender) -> None:
    """Pages for people."""

    @routes.get("/", response_class=HTMLResponse)
    @routes.get("/sandbox", response_class=HTMLResponse)
    async def index() -> str:
        return phone.index_page(state)

    @routes.get("/sandbox/phone/{userid}", response_class=HTMLResponse)
    async def page(userid: str) -> str:
        return phone.phone_page(state, member_or_404(state, userid))

    @routes.get("/sandbox/phone/{userid}/feed")
    async def feed(userid: str, request: Request) -> Response:
        version = str(state.version)
        if request.headers.get("if-none-match") == version:
            return Response(status_code=304)
        return HTMLResponse(phone.feed(state, member_or_404(state, userid)), headers={"ETag": version})

    @routes.post("/sandbox/phone/{userid}/press")
    async def press_form(userid: str, request: Request) -> Response:
        form = parse_qs((await request.body()).decode())
        chosen = {name[2:]: values for name, values in form.items() if name.startswith("q:")}
        act = Press(userid, form.get("task_id", [""])[0], form.get("key", [""])[0], chosen)
        try:
            await acts.press(state, sender, act)
        except NotPressable as error:
            raise HTTPException(409, str(error)) from error
        return RedirectResponse(f"/sandbox/phone/{userid}", status_code=303)


def add_code_routes(routes: APIRouter, state: SandboxState, sender: CallbackSender) -> None:
    """Contact codes: the picture, and what a customer sees who scans it."""

    @routes.get("/sandbox/qr/{config_id}.png")
    async def qr_picture(config_id: str) -> Response:
        if config_id not in state.customers.ways:
            raise HTTPException(404, "no such contact way")
        return Response(png_of(f"{state.base_url}/sandbox/add/{config_id}"), media_type="image/png")

    @routes.get("/sandbox/add/{config_id}", response_class=HTMLResponse)
    async def add_page(config_id: str) -> str:
        if config_id not in state.customers.ways:
            raise HTTPException(404, "no such contact way")
        return phone.scan_page(state, config_id)

    @routes.post("/sandbox/add/{config_id}", response_class=HTMLResponse)
    async def add_form(config_id: str, request: Request) -> str:
        form = parse_qs((await request.body()).decode())
        try:
            await acts.scan(state, sender, config_id, form.get("customer", ["微信用户"])[0], "full")
        except NotPressable as error:
            raise HTTPException(404, str(error)) from error
        return phone.document("已添加", '<p class="empty">已添加到通讯录</p>')


def add_act_routes(routes: APIRouter, state: SandboxState, sender: CallbackSender) -> None:
    """The acts of people, for scripts."""

    @routes.post("/sandbox/press")
    async def press(request: Request) -> Response:
        try:
            delivery, entry = await acts.press(state, sender, press_of(await json_of(request)))
        except NotPressable as error:
            return JSONResponse({"error": str(error)}, status_code=409)
        return JSONResponse({**asdict(delivery), "phone": entry_json(entry)})

    @routes.post("/sandbox/scan")
    async def scan(request: Request) -> Response:
        body = await json_of(request)
        kind = word(body, "kind", "full")
        if kind not in ("full", "half", "both"):
            raise HTTPException(400, "kind")
        try:
            done = await acts.scan(state, sender, word(body, "config_id"), word(body, "customer", "微信用户"), kind)
        except NotPressable as error:
            return JSONResponse({"error": str(error)}, status_code=409)
        deliveries = done["deliveries"]
        assert isinstance(deliveries, list)
        return JSONResponse({**done, "deliveries": [asdict(one) for one in deliveries]})

    @routes.post("/sandbox/leave")
    async def leave(request: Request) -> Response:
        body = await json_of(request)
        who = (word(body, "userid"), word(body, "external_userid"))
        try:
            delivery = await acts.leave(state, sender, *who, word(body, "by", "customer"))
        except NotPressable as error:
            return JSONResponse({"error": str(error)}, status_code=409)
        return JSONResponse(asdict(delivery))


def add_test_routes(routes: APIRouter, state: SandboxState, sender: CallbackSender) -> None:
    """State and faults, for tests and the demo."""

    @routes.get("/sandbox/state")
    async def show_state() -> Response:
        return JSONResponse(state_json(state, sender))

    @routes.get("/sandbox/faults")
    async def list_faults() -> list[dict[str, object]]:
        return [asdict(one) for one in state.faults.list()]

    @routes.post("/sandbox/faults")
    async def switch_on(request: Request) -> list[dict[str, object]]:
        body = await json_of(request)
        times, seconds = body.get("times"), body.get("seconds", 30.0)
        if not (times is None or (isinstance(times, int) and times > 0)) or not isinstance(seconds, int | float):
            raise HTTPException(400, "times or seconds")
        try:
            state.faults.switch_on(Fault(word(body, "fault"), word(body, "api", "*"), times, float(seconds)))
        except ValueError as error:
            raise HTTPException(400, str(error)) from error
        return [asdict(one) for one in state.faults.list()]

    @routes.delete("/sandbox/faults")
    async def clear_faults(fault: str | None = None) -> dict[str, int]:
        state.faults.clear(fault)
        return {"released": await sender.release()}


def add_control_routes(routes: APIRouter, state: SandboxState, sender: CallbackSender) -> None:
    """Time, tokens and the callback URL, for tests and the demo."""

    @routes.post("/sandbox/clock")
    async def advance(request: Request) -> dict[str, float]:
        seconds = (await json_of(request)).get("advance")
        if not isinstance(seconds, int | float):
            raise HTTPException(400, "advance")
        state.clock.advance(float(seconds))
        state.changed()
        return {"now": state.clock.now()}

    @routes.post("/sandbox/tokens/revoke")
    async def revoke() -> dict[str, int]:
        revoked = len(state.tokens)
        state.tokens.clear()
        return {"revoked": revoked}

    @routes.post("/sandbox/callback")
    async def set_callback(request: Request) -> Response:
        url = word(await json_of(request), "url")
        problem = await sender.verify_url(url)
        if problem:
            return JSONResponse({"error": problem}, status_code=409)
        state.callback_url = url
        return JSONResponse({"callback_url": url})
