"""One's own seat: the devices it is known by, and whether it is taken or left to a proxy."""

from typing import Any

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.responses import HTMLResponse

from app.policy import Actor
from app.queries.proxies import candidates, leaver
from app.queries.tokens import own_devices
from app.web.deps import InWorkshop
from app.web.pages.base import page

router = APIRouter()


@router.get("/w/{workshop_id}/mine/seat")
async def seat(here: InWorkshop) -> HTMLResponse:
    """Nobody else's to see but those who run the meeting, on the page People."""
    own = await here.read(_seat, here.actor)
    return await page(here, "pages/seat.html", "room", names=("thread",), **own)


def _seat(conn: Connection, workshop_id: str, actor: Actor) -> dict[str, Any]:
    mine = actor.participant_id
    return {
        "devices": own_devices(conn, workshop_id, mine),
        "own": leaver(conn, workshop_id, mine) if mine else None,
        "candidates": candidates(conn, workshop_id, mine) if mine else [],
    }
