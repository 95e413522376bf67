"""The writers' notes at the desk, and the parts that their page fetches for itself."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from app.policy import may_facilitate, may_write, require
from app.queries.groups import groups
from app.queries.mentions import everything
from app.queries.notes import notebook
from app.queries.step import workshop_row
from app.web.deps import InWorkshop, Visit
from app.web.pages.base import drawn
from app.web.pages.desk import desk_page

router = APIRouter()


@router.get("/w/{workshop_id}/desk/notes")
async def notes(here: InWorkshop) -> HTMLResponse:
    """Every agenda item with its notes, each in a field that saves itself."""
    return await desk_page(here, "notes", **await _notebook(here))


@router.get("/w/{workshop_id}/mine/notebook")
async def written(here: InWorkshop) -> HTMLResponse:
    """The notes as they stand now: fetched by the page when somebody else wrote."""
    context = await _notebook(here)
    workshop = await here.read(workshop_row)
    return await drawn(here, "pages/desk/_notebook.html", workshop=workshop, **context)


@router.get("/w/{workshop_id}/mine/mentions")
async def mentions(here: InWorkshop) -> HTMLResponse:
    """What this writer can refer to: fetched when they want to choose."""
    require(may_write(here.actor))
    found = await here.read(everything, here.actor)
    return await drawn(here, "pages/desk/_mentions.html", mentions=found)


async def _notebook(here: Visit) -> dict[str, object]:
    require(may_write(here.actor))
    return {
        "sections": await here.read(notebook, here.actor),
        "groups": await here.read(groups),
        "runs": bool(may_facilitate(here.actor)),
    }
