"""The big screen and the timer."""

from typing import Annotated, Any, Literal

from pydantic import Field

from app.actions import screen as actions
from app.queries.workshops import workshop
from app.web.api.base import Body, json_router
from app.web.deps import InWorkshop

router = json_router()


class Shown(Body):
    show: Literal[
        "join", "item", "question", "results", "row", "agenda", "groups", "floor", "note", "take",
        "blank", "lesson",
    ]  # fmt: skip
    item: str | None = None
    activity: str | None = None
    round: str | None = None
    row: str | None = None
    note: str | None = None
    lesson: str | None = None


class Timer(Body):
    seconds: Annotated[int, Field(ge=1, le=86_400)] | None


@router.get("/workshops/{workshop_id}/screen")
async def shown(here: InWorkshop) -> dict[str, Any]:
    """What the big screen shows."""
    return dict((await here.read(workshop)).screen)


@router.put("/workshops/{workshop_id}/screen")
async def show(here: InWorkshop, body: Shown) -> dict[str, Any]:
    """Put something on the big screen; the last one wins."""
    await here.change(actions.show, body.given())
    return dict((await here.read(workshop)).screen)


@router.put("/workshops/{workshop_id}/timer")
async def set_timer(here: InWorkshop, body: Timer) -> dict[str, Any]:
    """Start the advisory timer anew; null takes it away."""
    await here.change(actions.set_timer, body.seconds)
    return {"timer": (await here.read(workshop)).timer}
