"""The page that a quote's code opens on a phone. The figures stand behind the # of the address and reach no server."""

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from cloud_connector.api.parts import Parts
from cloud_connector.relay.quote_openings import open_quote
from cloud_connector.storage.database import DatabaseAway

PAGE = Path(__file__).with_name("quote_page.html")
NO_KEYS = '<script id="keys" type="application/json">[]</script>'
TOKEN = re.compile(r"[0-9A-Za-z_\-]{16,64}")


def routes(parts: Parts) -> APIRouter:
    """GET /q/<token>."""
    router = APIRouter()

    @router.get("/q/{token}")
    async def quote_page(token: str) -> Response:
        key = await run_in_threadpool(_key_of, parts, token) if TOKEN.fullmatch(token) else None
        return HTMLResponse(page_with(key), headers=_headers())

    return router


def page_with(key: bytes | None) -> str:
    """The page with the key that its quote was signed by. Without one (not told yet, forgotten) it says "unchecked"."""
    keys = [base64.b64encode(key).decode()] if key else []
    return _page().replace(NO_KEYS, NO_KEYS.replace("[]", json.dumps(keys)))


def _key_of(parts: Parts, token: str) -> bytes | None:
    try:
        return open_quote(parts.database, token, parts.now())
    except DatabaseAway:
        return None


@cache
def _page() -> str:
    return PAGE.read_text(encoding="utf-8")


@cache
def _headers() -> dict[str, str]:
    """Only this page's own script and style run, whatever stands in the address."""
    script, style = (_hash_of(rf"<{tag}>(.*?)</{tag}>") for tag in ("script", "style"))
    policy = f"default-src 'none'; script-src '{script}'; style-src '{style}'; base-uri 'none'; form-action 'none'"
    return {
        "Content-Security-Policy": f"{policy}; frame-ancestors 'none'",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
        "Cache-Control": "no-store",
    }


def _hash_of(pattern: str) -> str:
    found = re.search(pattern, _page(), re.DOTALL)
    assert found is not None, "the page has one script and one style of its own"
    return "sha256-" + base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
