"""Control: the facilitator's page."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from app.policy import may_open_page, require
from app.queries.activities import activities
from app.queries.people import people
from app.web.deps import InWorkshop
from app.web.pages.base import page

router = APIRouter()


@router.get("/w/{workshop_id}/control")
async def control(here: InWorkshop) -> HTMLResponse:
    require(may_open_page(here.actor, "control"))
    found = await here.read(activities)
    everyone = await here.read(people)
    return await page(here, "pages/control.html", "control", activities=found, people=everyone)
