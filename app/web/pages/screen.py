"""The big screen."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from app.policy import may_open_page, require
from app.queries.step import workshop_row
from app.web.addresses import base_address, join_address
from app.web.deps import InWorkshop
from app.web.pages.base import page

router = APIRouter()


@router.get("/w/{workshop_id}/screen")
async def screen(here: InWorkshop) -> HTMLResponse:
    """The plenary's, or with `?group=` that of a group, which its lead may open too."""
    group = here.request.query_params.get("group")
    require(may_open_page(here.actor, "screen", group))
    workshop = await here.read(workshop_row)
    address = join_address(here.request, workshop.code)
    take = f"{base_address(here.request)}/w/{here.workshop_id}/take"
    return await page(here, "pages/screen.html", "screen", group, address=address, take=take)
