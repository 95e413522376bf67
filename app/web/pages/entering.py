"""A ballot sent for somebody else: by the facilitator for one whose device failed, by a proxy."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from app.errors import Refused
from app.policy import may_facilitate, require
from app.queries.entering import enterable, form_for
from app.web.deps import InWorkshop
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
            exercise = await here.read(form_for, here.actor, person)
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
