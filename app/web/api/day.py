"""The rest of the day: planned anew at once, seen before it is done, and taken back."""

from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from app.actions import day as actions
from app.activities.day import Slot, clock_of
from app.policy import may_facilitate, require
from app.queries.day import preview
from app.queries.step import agenda_of
from app.web.api.base import Body, json_router
from app.web.deps import InWorkshop, Visit

router = json_router()
Minutes = Annotated[int, Field(ge=-600, le=600)]


class Move(Body):
    minutes: Minutes
    shorten: bool = False
    keep_breaks: bool = True


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")

    minutes: Minutes = 0
    shorten: bool = False
    keep_breaks: bool = True


@router.get("/workshops/{workshop_id}/day/move")
async def look(here: InWorkshop, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """What a move would make of the rest of the day."""
    require(may_facilitate(here.actor))
    found = await here.read(preview, asked.minutes, asked.shorten, asked.keep_breaks)
    return {"items": [_pair(before, after) for before, after in found]}


@router.post("/workshops/{workshop_id}/day/move")
async def move(here: InWorkshop, body: Move) -> dict[str, Any]:
    """Move or shorten what remains of the day."""
    await here.change(
        actions.move_day, body.minutes, shorten=body.shorten, keep_breaks=body.keep_breaks
    )
    return await _times(here)


@router.post("/workshops/{workshop_id}/day/move/undo")
async def take_back(here: InWorkshop) -> dict[str, Any]:
    """Take the last move back."""
    await here.change(actions.take_back_move)
    return await _times(here)


async def _times(here: Visit) -> dict[str, Any]:
    """Planned times as they now stand."""
    same = ("id", "day", "start", "end", "title", "version")
    items = await here.read(agenda_of)
    return {"items": [{name: getattr(one, name) for name in same} for one in items]}


def _pair(before: Slot, after: Slot) -> dict[str, str]:
    return {
        "id": before.id,
        "title": before.title,
        "start": clock_of(before.start),
        "end": clock_of(before.end),
        "new_start": clock_of(after.start),
        "new_end": clock_of(after.end),
    }
