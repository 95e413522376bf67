"""Whether the server lives, is ready, and how it does."""

from fastapi import APIRouter
from sqlalchemy import Connection, text
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from app.errors import N_, Busy
from app.web.errors import answer

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz")
async def readyz(request: Request) -> Response:
    """The database answers too, and whoever starts the server has said where it is."""
    if getattr(request.app.state, "starting", False):
        return answer(request, Busy("not_ready", N_("The server is starting.")))
    try:
        await request.app.state.db.read(_one)
    except Exception:  # noqa: BLE001 - whatever it is, this server can't serve a meeting now
        return answer(request, Busy("not_ready", N_("The database does not answer.")))
    return JSONResponse({"status": "ready", "build": request.app.state.settings.build})


def _one(conn: Connection) -> int:
    return int(conn.execute(text("SELECT 1")).scalar_one())


@router.get("/metrics")
async def metrics(request: Request) -> PlainTextResponse:
    """Figures for Prometheus: numbers only, nothing of any meeting."""
    figures = request.app.state.figures
    lines = [f"consilience_{name} {value()}" for name, value in figures.items()]
    return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")
