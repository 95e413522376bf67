"""The facilitator's steps over the API."""

from typing import Annotated, Any, Literal

from pydantic import Field

from app.actions import steps as actions
from app.queries.step import workshop_row
from app.web.api.base import Body, json_router
from app.web.api.rounds import AtActivity, shown
from app.web.deps import InWorkshop

router = json_router()


class Step(Body):
    by: Literal[1, -1] = 1


@router.post("/workshops/{workshop_id}/step")
async def step(here: InWorkshop, body: Step) -> dict[str, Any]:
    """Go on or back through items and activities."""
    await here.change(actions.step, body.by)
    now = await here.read(workshop_row)
    return {"item": now.current_item_id, "activity": now.current_activity_id, "seq": now.seq}


class Opening(Body):
    """`until` is a time of day at the venue: the round closes when it is next that time."""

    until: Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")] | None = None


@router.post("/activities/{activity_id}/open", status_code=201)
async def open_next(
    here: AtActivity, activity_id: str, body: Opening | None = None
) -> dict[str, Any]:
    """Open the activity's planned round, or plan and open the next one."""
    done = await here.change(actions.open_next_round, activity_id, body.until if body else None)
    return await shown(here, done.id)


class Row(Body):
    row: str


@router.post("/activities/{activity_id}/ask", status_code=201)
async def ask_everyone(here: AtActivity, activity_id: str, body: Row) -> dict[str, Any]:
    """Open a consent round on one row of the matrix."""
    done = await here.change(actions.ask_everyone, activity_id, body.row)
    return await shown(here, done.id)
