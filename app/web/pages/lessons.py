"""Lessons learned: to be read and told in the room, put right and released at the desk."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from app.policy import may_propose
from app.queries.lessons import lessons, to_link
from app.web.deps import InWorkshop, Visit
from app.web.pages.base import page
from app.web.pages.desk import desk_page

router = APIRouter()


@router.get("/w/{workshop_id}/lessons")
async def told(here: InWorkshop) -> HTMLResponse:
    """The lessons that were released, one's own, and a form to tell one."""
    found = await here.read(lessons, here.actor)
    more = await _telling(here)
    return await page(here, "pages/lessons.html", "room", names=("thread",), lessons=found, **more)


@router.get("/w/{workshop_id}/desk/lessons")
async def at_the_desk(here: InWorkshop) -> HTMLResponse:
    """All of them, for those who put them right and release them."""
    return await desk_page(here, "lessons", **await _telling(here))


async def _telling(here: Visit) -> dict[str, Any]:
    """Whether this person may tell one, and what they could name in it."""
    known = await here.read(to_link, here.actor)
    return {"known": known, "may_tell": may_propose(here.actor, here.workshop_id)}
