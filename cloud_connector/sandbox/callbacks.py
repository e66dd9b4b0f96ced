"""Tells the app what happened: encrypted callbacks, 5 seconds each, three attempts, then never again."""

import asyncio
import secrets
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

import httpx

from cloud_connector.sandbox import xml
from cloud_connector.sandbox.crypto import BadMessage
from cloud_connector.sandbox.state import SandboxState
from cloud_connector.sandbox.xml import Field

ATTEMPTS = 3
MOST_BYTES = 1024 * 1024


@dataclass(slots=True)
class Delivery:
    """How one event reached the app, or did not. `reply` is the decrypted passive reply."""

    event: str
    attempts: list[dict[str, object]] = field(default_factory=list)
    delivered: bool = False
    reply: Mapping[str, object] | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Sealed:
    """One event ready to be posted; a resend is the same bytes under the same signature."""

    event: str
    query: str
    body: str


class CallbackSender:
    """Posts events to the app's callback URL. Time-out in seconds; WeCom's own is 5."""

    def __init__(self, state: SandboxState, *, timeout: float = 5.0) -> None:
        self._state = state
        self._timeout = timeout
        self._client = httpx.AsyncClient(trust_env=False, follow_redirects=False)
        self._held: list[Sealed] = []
        self.deliveries: deque[Delivery] = deque(maxlen=2000)

    async def close(self) -> None:
        await self._client.aclose()

    def seal(self, event: str, fields: list[Field], *, for_app: bool) -> Sealed:
        """Encrypt one event; app events name the app outside the cipher text, customer events may not."""
        company, envelope = self._state.company, self._state.envelope
        encrypted = envelope.seal(xml.build(fields))
        outer: list[Field] = [("ToUserName", company.corp_id), ("Encrypt", encrypted)]
        if for_app:
            outer.append(("AgentID", str(company.agent_id)))
        timestamp, nonce = str(int(self._state.clock.now())), str(secrets.randbelow(10**10))
        signed = envelope.sign(timestamp, nonce, encrypted)
        query = urlencode({"msg_signature": signed, "timestamp": timestamp, "nonce": nonce})
        return Sealed(event, query, xml.build(outer))

    async def tell(self, event: str, fields: list[Field], *, for_app: bool) -> Delivery:
        """Deliver one event through the callback faults that are switched on."""
        sealed = self.seal(event, fields, for_app=for_app)
        faults = self._state.faults
        if faults.take(frozenset({"callback_lost"})):
            return self._noted(Delivery(event, problem="lost by a fault"))
        if faults.take(frozenset({"callback_reorder"})):
            self._held.append(sealed)
            return self._noted(Delivery(event, problem="held back by a fault"))
        delivery = await self._deliver(sealed)
        if faults.take(frozenset({"callback_duplicate"})):
            await self._deliver(sealed)
        await self.release()
        return delivery

    async def release(self) -> int:
        """Deliver what was held back, newest first; returns how many."""
        held, self._held = self._held[::-1], []
        for sealed in held:
            await self._deliver(sealed)
        return len(held)

    def _noted(self, delivery: Delivery) -> Delivery:
        self.deliveries.append(delivery)
        return delivery

    async def _deliver(self, sealed: Sealed) -> Delivery:
        delivery = self._noted(Delivery(sealed.event))
        url = self._state.callback_url
        if url is None:
            delivery.problem = "no callback URL"
            return delivery
        for _ in range(ATTEMPTS):
            answer = await self._attempt(delivery, f"{url}{'&' if '?' in url else '?'}{sealed.query}", sealed.body)
            if answer is not None:
                delivery.delivered = True
                self._read_reply(delivery, answer)
                break
        else:
            delivery.problem = f"given up after {ATTEMPTS} attempts"
        return delivery

    async def _attempt(self, delivery: Delivery, url: str, body: str) -> bytes | None:
        began = time.monotonic()
        status: object = None
        try:
            async with asyncio.timeout(self._timeout):
                headers = {"Content-Type": "text/xml"}
                response = await self._client.post(url, content=body.encode(), headers=headers)
            status = response.status_code
        except TimeoutError:
            status = "timeout"
        except httpx.HTTPError as error:
            status = type(error).__name__
        delivery.attempts.append({"status": status, "seconds": round(time.monotonic() - began, 3)})
        return response.content if status == 200 else None

    def _read_reply(self, delivery: Delivery, answer: bytes) -> None:
        text = answer[:MOST_BYTES].decode(errors="replace").strip()
        if not text or text == "success":
            return
        try:
            delivery.reply = self._open_reply(text)
        except BadMessage as error:
            delivery.problem = f"reply not understood: {error}"

    def _open_reply(self, text: str) -> Mapping[str, object]:
        outer = xml.parse(text)
        encrypted, given = xml.text_of(outer, "Encrypt"), xml.text_of(outer, "MsgSignature")
        timestamp, nonce = xml.text_of(outer, "TimeStamp"), xml.text_of(outer, "Nonce")
        self._state.envelope.check(given, timestamp, nonce, encrypted)
        inner = xml.parse(self._state.envelope.open(encrypted))
        if xml.text_of(inner, "FromUserName") != self._state.company.corp_id:
            raise BadMessage("FromUserName is not the company")
        reply: dict[str, object] = {"type": xml.text_of(inner, "MsgType"), "to": xml.text_of(inner, "ToUserName")}
        if reply["type"] == "update_button":
            reply["replace_name"] = xml.text_of(inner, "Button/ReplaceName")
        elif reply["type"] == "update_template_card":
            card = inner.find("TemplateCard")
            if card is None:
                raise BadMessage("TemplateCard is missing")
            reply["template_card"] = xml.card_of(card)
        return reply

    async def verify_url(self, url: str) -> str:
        """What saving a callback URL in the console does: the echo must come back in plain text within a second."""
        echo = str(secrets.randbelow(10**19))
        encrypted = self._state.envelope.seal(echo)
        timestamp, nonce = str(int(self._state.clock.now())), str(secrets.randbelow(10**10))
        signed = self._state.envelope.sign(timestamp, nonce, encrypted)
        query = {"msg_signature": signed, "timestamp": timestamp, "nonce": nonce, "echostr": encrypted}
        try:
            response = await self._client.get(url, params=query, timeout=self._timeout)
        except httpx.HTTPError as error:
            return f"unreachable: {type(error).__name__}"
        if response.status_code != 200 or response.content != echo.encode():
            return f"wrong echo (HTTP {response.status_code})"
        return ""
