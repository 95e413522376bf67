"""A ballot sent for somebody else: by the facilitator for one whose device failed, by a proxy."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from app.actions.showings import show_sets
from app.activities.compare import AHEAD, compares
from app.errors import Refused
from app.policy import may_facilitate, require
from app.queries.entering import enterable, form_for
from app.web.deps import InWorkshop, Visit
from app.web.pages.base import page

router = APIRouter()


@router.get("/w/{workshop_id}/ballot-for")
async def ballot_for(
    here: InWorkshop,
    person: Annotated[str, Query(max_length=40)] = "",
    recorded: Annotated[int, Query(ge=0)] = 0,
) -> HTMLResponse:
    """For whom, and then the form. Whoever holds a proxy comes here for its principal alone."""
    runs = bool(may_facilitate(here.actor))
    exercise, why_not = None, None
    if person:
        try:
            exercise = await _form(here, person)
        except Refused as refusal:
            if not runs and refusal.code != "secret":
                raise
            why_not = refusal
    else:
        require(may_facilitate(here.actor))
    return await page(
        here, "pages/ballot_for.html", "control" if runs else "room", names=("thread",),
        exercise=exercise, why_not=why_not, person=person, recorded=recorded, runs=runs,
        rounds=await here.read(enterable) if runs else [],
    )  # fmt: skip


async def _form(here: Visit, person: str) -> Any:
    """The form as its voter would see it, with something to compare where that is asked."""
    found = await here.read(form_for, here.actor, person)
    row = found.round.row if found.round else None
    if row and compares(row) and found.waiting < AHEAD:
        await here.db.change(here.workshop_id, show_sets, here.actor, row.id, person)
        return await here.read(form_for, here.actor, person)
    return found
