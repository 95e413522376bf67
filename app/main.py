"""The application: its parts, the order in which a request passes them, start and end."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from app.db import Database
from app.errors import Refused
from app.live.hub import Hub
from app.live.intake import Intake
from app.live.wire import Tap
from app.settings import ROOT, Settings
from app.web import docs, enter, oidc, socket
from app.web.api import add_api, health
from app.web.door import Door
from app.web.errors import on_http, on_refused, on_validation
from app.web.guards import (
    AddressCheck,
    BodyLimit,
    LastResort,
    OriginCheck,
    SecurityHeaders,
    TrustedProxy,
)
from app.web.pages import add_pages
from app.web.static import BuildFiles
from app.work.loop import Work


def create_app(settings: Settings | None = None) -> FastAPI:
    """A server on the database that the settings name. It expects the newest schema."""
    settings = settings or Settings()
    app = FastAPI(
        title="Consilience",
        version=settings.build,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        routes=list(routes().routes),
    )
    app.state.settings = settings
    app.state.figures = {}
    app.mount("/static", BuildFiles(directory=ROOT / "static"), name="static")
    app.add_exception_handler(Refused, on_refused)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(RequestValidationError, on_validation)
    # The last one added is passed first.
    app.add_middleware(BodyLimit)
    app.add_middleware(OriginCheck, public_url=settings.public_url)
    app.add_middleware(AddressCheck)
    app.add_middleware(LastResort)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(TrustedProxy, trusted=settings.trusted_proxies)
    app.add_middleware(Tap)
    return app


@cache
def routes() -> APIRouter:
    """Everything that can be asked for; analysed once for all applications of a process."""
    whole = APIRouter()
    whole.include_router(socket.router)  # first: a whole hall comes back at once
    whole.include_router(health.router)
    add_api(whole)
    add_pages(whole)
    for router in (docs.router, enter.router, oidc.router):
        whole.include_router(router)
    return whole


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open the database, start the clockwork; at the end let go of both."""
    settings: Settings = app.state.settings
    db = Database(settings.url, settings.secret())
    app.state.db = db
    app.state.intake = Intake(db)
    app.state.door = Door()
    app.state.hub = hub = Hub(db)
    app.state.figures["sockets"] = lambda: sum(len(h.clients) for h in hub.halls.values())
    app.state.figures["meetings_followed"] = lambda: len(hub.halls)
    app.state.work = work = Work(db, settings.mail)
    await hub.start()
    work.start()
    try:
        yield
    finally:
        await hub.stop()
        await work.stop()
        await db.close()
