"""The HTTP application: all routes behind one error handler. No pages that describe it to strangers."""

import contextlib
from collections.abc import AsyncIterator

from fastapi import FastAPI

from cloud_connector import __version__
from cloud_connector.api import commands, health, messages, quote_page, wecom_callback
from cloud_connector.api.errors import ErrorsToStatus
from cloud_connector.api.parts import Parts


def make_http(parts: Parts) -> FastAPI:
    """The application that uvicorn serves."""

    @contextlib.asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        parts.parking.open()
        yield

    app = FastAPI(
        title="Smart 4S connector", version=__version__, docs_url=None, redoc_url=None, openapi_url=None, lifespan=life
    )
    for module in (messages, commands, wecom_callback, quote_page, health):
        app.include_router(module.routes(parts))
    app.add_middleware(ErrorsToStatus)
    return app
