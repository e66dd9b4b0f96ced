"""Puts one sandbox together: memory, API, phones."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from cloud_connector.sandbox import console, gateway
from cloud_connector.sandbox.callbacks import CallbackSender
from cloud_connector.sandbox.company import Company, SandboxClock
from cloud_connector.sandbox.state import SandboxState


def create_app(company: Company, *, callback_url: str | None, base_url: str, callback_timeout: float = 5.0) -> FastAPI:
    """The ASGI application. `base_url` is where phones and QR pictures are reached."""
    state = SandboxState(company, SandboxClock())
    state.callback_url = callback_url
    state.base_url = base_url
    sender = CallbackSender(state, timeout=callback_timeout)

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        yield
        await sender.close()

    app = FastAPI(title="WeCom sandbox", docs_url=None, redoc_url=None, openapi_url=None, lifespan=life)
    app.include_router(gateway.router(state))
    app.include_router(console.router(state, sender))
    return app
