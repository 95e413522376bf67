"""Control: the facilitator's page."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from app.policy import may_open_page, require
from app.web.deps import InWorkshop
from app.web.pages.base import page

router = APIRouter()


@router.get("/w/{workshop_id}/control")
async def control(here: InWorkshop) -> HTMLResponse:
    require(may_open_page(here.actor, "control"))
    return await page(here, "pages/control.html", "control")
