"""The evening after and the next morning: the day on one page, what is new, the draft for one's
capital."""

from datetime import date

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from app.queries.morning import morning
from app.queries.step import workshop_row
from app.queries.tonight import tonight
from app.web.deps import InWorkshop
from app.web.pages.base import drawn, page, seen

router = APIRouter()
THREAD = ("thread",)  # what these pages show of the room


@router.get("/w/{workshop_id}/tonight")
async def the_day(here: InWorkshop, day: date | None = None) -> HTMLResponse:
    """What was decided, what is open, what comes and what is owed: one's own, and for those who
    run the meeting everybody's."""
    found = await here.read(tonight, here.actor, day)
    return await page(here, "pages/tonight.html", "room", names=THREAD, tonight=found)


@router.get("/w/{workshop_id}/mine/morning")
async def since_you_left(here: InWorkshop) -> HTMLResponse:
    """What is new since this person was here on an earlier day, and what waits for them: fetched
    by their page, which is a sign that they are here."""
    await seen(here)
    found = await here.read(morning, here.actor)
    workshop = await here.read(workshop_row)
    return await drawn(here, "pages/_morning.html", workshop=workshop, morning=found)
