"""The door /cgi-bin/...: faults first, then the token, then the call; every answer is HTTP 200 with an errcode."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from cloud_connector.sandbox import contacts, messages
from cloud_connector.sandbox.errors import WecomRefusal
from cloud_connector.sandbox.faults import ERROR_CODES, Fault
from cloud_connector.sandbox.state import TOKEN_SECONDS, SandboxState

Handler: TypeAlias = Callable[[SandboxState, Mapping[str, object]], dict[str, object]]

POSTS: Mapping[str, Handler] = {
    "message/send": messages.send,
    "message/update_template_card": messages.update_template_card,
    "message/recall": messages.recall,
    "externalcontact/add_contact_way": contacts.add_contact_way,
    "externalcontact/get_contact_way": contacts.get_contact_way,
    "externalcontact/list_contact_way": contacts.list_contact_way,
    "externalcontact/update_contact_way": contacts.update_contact_way,
    "externalcontact/del_contact_way": contacts.del_contact_way,
    "externalcontact/send_welcome_msg": contacts.send_welcome_msg,
    "externalcontact/mark_tag": contacts.mark_tag,
    "externalcontact/add_corp_tag": contacts.add_corp_tag,
    "externalcontact/get_corp_tag_list": contacts.get_corp_tag_list,
    "externalcontact/transfer_customer": contacts.transfer_customer,
    "externalcontact/transfer_result": contacts.transfer_result,
    "externalcontact/add_msg_template": contacts.add_msg_template,
}
GETS: Mapping[str, Handler] = {
    "externalcontact/get": contacts.get,
    "externalcontact/list": contacts.list_customers,
    "getcallbackip": lambda _state, _query: {"ip_list": ["127.0.0.1"]},
    "get_api_domain_ip": lambda _state, _query: {"ip_list": ["127.0.0.1"]},
}
WRONG_SECRETS_AN_HOUR = 2000
BEFORE = frozenset({*ERROR_CODES, "timeout_before_commit", "slow", "http_502"})
AFTER = frozenset({"timeout_after_commit"})


@dataclass(frozen=True, slots=True)
class Call:
    """One request, read."""

    api: str
    method: str
    query: Mapping[str, str]
    content_type: str
    raw: bytes

    def json(self) -> Mapping[str, object]:
        try:
            body = json.loads(self.raw)
        except ValueError as error:
            raise WecomRefusal(40058, "not JSON") from error
        if not isinstance(body, dict):
            raise WecomRefusal(40058, "not a JSON object")
        return body


def get_token(state: SandboxState, query: Mapping[str, str]) -> dict[str, object]:
    """GET gettoken: too many wrong secrets close the door for an hour."""
    now = state.clock.now()
    if sum(now - at < 3600 for at in state.wrong_secrets) >= WRONG_SECRETS_AN_HOUR:
        raise WecomRefusal(45009, "ip banned for an hour after wrong secrets")
    if not query.get("corpid"):
        raise WecomRefusal(41002)
    if not query.get("corpsecret"):
        raise WecomRefusal(41004)
    if query["corpid"] != state.company.corp_id:
        raise WecomRefusal(40013)
    if query["corpsecret"] != state.company.secret:
        state.wrong_secrets.append(now)
        raise WecomRefusal(40001)
    token = state.issue_token()
    return {"access_token": token, "expires_in": int(min(TOKEN_SECONDS, state.tokens[token] - now))}


def check_token(state: SandboxState, token: str | None) -> None:
    if not token:
        raise WecomRefusal(41001)
    expires_at = state.tokens.get(token)
    if expires_at is None:
        raise WecomRefusal(40014)
    if expires_at <= state.clock.now():
        raise WecomRefusal(42001)


def multipart_file(content_type: str, raw: bytes) -> tuple[str, bytes]:
    """File name and bytes of the field `media`; WeCom insists on both the field and its file name."""
    boundary = re.search(r'boundary="?([^";]+)"?', content_type)
    if not content_type.startswith("multipart/form-data") or boundary is None:
        raise WecomRefusal(44001, "multipart/form-data expected")
    for section in raw.split(b"--" + boundary[1].encode()):
        head, found, data = section.partition(b"\r\n\r\n")
        headers = head.decode(errors="replace")
        name = re.search(r'filename="([^"]*)"', headers)
        if found and re.search(r'\bname="media"', headers) and name is not None:
            return name[1], data.removesuffix(b"\r\n")
    raise WecomRefusal(44001, "field media with a filename expected")


def run(state: SandboxState, call: Call) -> dict[str, object]:
    """The effect of one call; raises WecomRefusal."""
    if call.api == "gettoken":
        return get_token(state, call.query)
    check_token(state, call.query.get("access_token"))
    if call.api == "media/upload":
        name, data = multipart_file(call.content_type, call.raw)
        return messages.upload(state, call.query.get("type", ""), name, data)
    if call.api in GETS:
        return GETS[call.api](state, call.query)
    if call.api in POSTS:
        if call.method != "POST":
            raise WecomRefusal(40058, "POST expected")
        return POSTS[call.api](state, call.json())
    raise WecomRefusal(48002, "the sandbox does not know this call")


def noted_request(call: Call) -> Mapping[str, object]:
    """What the call log keeps: the JSON body or the query, never the token or the secret."""
    if call.method == "POST" and call.api != "media/upload":
        try:
            return call.json()
        except WecomRefusal:
            return {"unreadable": len(call.raw)}
    return {name: value for name, value in call.query.items() if name not in ("access_token", "corpsecret")}


def answer(state: SandboxState, call: Call) -> dict[str, object]:
    """One call done or refused, with its envelope, and noted."""
    try:
        result = {"errcode": 0, "errmsg": "ok", **run(state, call)}
    except WecomRefusal as refusal:
        result = refusal.envelope()
    code = result["errcode"]
    assert isinstance(code, int)
    state.note_call(call.api, noted_request(call), code)
    return result


async def hang(fault: Fault, gone: Callable[[], Awaitable[bool]]) -> None:
    """Wait as long as the fault says, or until the client has left."""
    loop = asyncio.get_running_loop()
    end = loop.time() + fault.seconds
    while loop.time() < end and not await gone():  # noqa: ASYNC110  a client's leaving can only be asked for
        await asyncio.sleep(min(0.05, max(0.0, end - loop.time())))


async def serve(state: SandboxState, call: Call, gone: Callable[[], Awaitable[bool]]) -> Response:
    """One call through the faults that are switched on."""
    fault = state.faults.take(BEFORE, call.api)
    if fault is not None:
        if fault.name == "http_502":
            return Response(status_code=502)
        if fault.name in ERROR_CODES:
            code = ERROR_CODES[fault.name]
            state.note_call(call.api, noted_request(call), code)
            return JSONResponse(WecomRefusal(code).envelope())
        await hang(fault, gone)
        if fault.name == "timeout_before_commit":
            return Response(status_code=504)
    result = answer(state, call)
    late = state.faults.take(AFTER, call.api)
    if late is not None:
        await hang(late, gone)
        return Response(status_code=504)
    return JSONResponse(result)


def router(state: SandboxState) -> APIRouter:
    """Routes of the API that WeCom offers under /cgi-bin/."""
    routes = APIRouter()

    @routes.api_route("/cgi-bin/{api:path}", methods=["GET", "POST"])
    async def gate(api: str, request: Request) -> Response:
        raw = await request.body()
        content_type = request.headers.get("content-type", "")
        call = Call(api, request.method, dict(request.query_params), content_type, raw)
        return await serve(state, call, request.is_disconnected)

    return routes
