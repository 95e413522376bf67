"""One's own devices: since when each is signed in, when it was last seen, and signed out."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from app.queries.tokens import own_devices
from app.web.deps import InWorkshop
from app.web.pages.base import page

router = APIRouter()


@router.get("/w/{workshop_id}/mine/devices")
async def devices(here: InWorkshop) -> HTMLResponse:
    """Nobody else's to see but those who run the meeting, on the page People."""
    own = await here.read(own_devices, here.actor.participant_id)
    return await page(here, "pages/devices.html", "room", names=("thread",), devices=own)
