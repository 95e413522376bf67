"""The chair's page: what is before the room, what can be ruled on it, who speaks, and the time."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from app.policy import may_open_page, require
from app.queries.people import people
from app.web.deps import InWorkshop
from app.web.pages.base import page

router = APIRouter()
SHOWN = ("thread", "now", "rulings", "turnout", "timer", "standing", "outcome", "floor")


@router.get("/w/{workshop_id}/chair")
async def chair(here: InWorkshop) -> HTMLResponse:
    """For the chair, and for those who run the meeting: Control without the facilitator's work."""
    require(may_open_page(here.actor, "control"))
    everyone = await here.read(people)
    return await page(here, "pages/chair.html", "control", names=SHOWN, people=everyone)
