"""The evening after and the next morning: the day on one page, what is new, the draft for one's
capital."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlalchemy import Connection
from starlette.responses import HTMLResponse

from app.policy import Actor, may_take_home, require
from app.queries.capital import capital_draft
from app.queries.morning import morning
from app.queries.since import changes_since, days_by_number, taken_home
from app.queries.step import workshop_row
from app.queries.tonight import tonight
from app.web.deps import InWorkshop
from app.web.language import language_of, translator
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


@router.get("/w/{workshop_id}/capital")
async def capital(
    here: InWorkshop, since: Annotated[int | None, Query(ge=0, le=2_000_000_000)] = None
) -> HTMLResponse:
    """The draft for a delegation to take home, and what changed since it last did, or since a
    number of the record."""
    require(may_take_home(here.actor))
    say, language = translator(here.request), language_of(here.request)
    draft = await here.read(capital_draft, here.actor, say, language)
    told = await here.read(_told, here.actor, since)
    return await page(here, "pages/capital.html", "room", names=THREAD, draft=draft, **told)


def _told(conn: Connection, workshop_id: str, actor: Actor, since: int | None) -> dict[str, Any]:
    taken = taken_home(conn, actor.delegation_id)
    wanted = since if since is not None else taken[0].seq if taken else None
    return {
        "taken": taken,
        "days": days_by_number(conn, workshop_id),
        "since": wanted,
        "changes": [] if wanted is None else changes_since(conn, workshop_id, actor, wanted),
    }
