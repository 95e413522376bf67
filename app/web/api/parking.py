"""The parking lot."""

from datetime import datetime
from typing import Literal

from app.actions import parking as actions
from app.policy import may_park, require
from app.queries.parking import parked, parked_by_id
from app.web.api.base import Answer, Body, Items, PageQuery, json_router, paged
from app.web.deps import InWorkshop, Version, Visit

router = json_router()


class NewMatter(Body):
    text: str


class MatterChanges(Body):
    text: str = ""
    answer: str = ""
    status: Literal["parked", "resolved", "dropped"] = "parked"


class Matter(Answer):
    id: str
    text: str
    status: str
    answer: str
    item: str | None
    number: int
    at: datetime
    settled_at: datetime | None
    version: int


@router.get("/workshops/{workshop_id}/parking")
async def every(here: InWorkshop, page: PageQuery) -> Items:
    """Everything that was parked, and what became of it."""
    require(may_park(here.actor))
    return paged(await here.read(parked), page, Matter)


@router.post("/workshops/{workshop_id}/parking", status_code=201)
async def park(here: InWorkshop, body: NewMatter) -> Matter:
    """Park a matter."""
    done = await here.change(actions.park, body.text)
    return await _answer(here, done.id)


@router.patch("/workshops/{workshop_id}/parking/{parked_id}")
async def settle(here: InWorkshop, parked_id: str, version: Version, body: MatterChanges) -> Matter:
    """Say what became of it."""
    await here.change(actions.settle_parked, parked_id, version, body.given())
    return await _answer(here, parked_id)


async def _answer(here: Visit, parked_id: str) -> Matter:
    return Matter.model_validate(await here.read(parked_by_id, parked_id))
