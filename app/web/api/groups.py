"""Breakout groups."""

from typing import Annotated, Any

from pydantic import Field
from starlette.requests import Request

from app.actions import breakouts
from app.actions import groups as actions
from app.queries import groups as queries
from app.web.api.activities import plain, shown
from app.web.api.base import (
    Answer,
    Body,
    Items,
    OneOrMany,
    PageQuery,
    json_router,
    paged,
    same_form,
)
from app.web.api.rounds import AtActivity
from app.web.deps import InWorkshop, Version, Visit

router = json_router()


class NewGroup(Body):
    name: str


class GroupChanges(Body):
    """A name, a lead (a member's id, or null), or both."""

    name: str = ""
    lead: str | None = None


class Seating(Body):
    """Whom to seat: those without a group, or everybody anew (leads stay where they lead)."""

    everybody: bool = False


class GivenOut(Body):
    """By group id, the priority areas given out to it; a group that is not named has all."""

    areas: dict[str, Annotated[list[str], Field(max_length=500)]] = Field(default_factory=dict)


class Group(Answer):
    id: str
    name: str
    lead: str | None
    activity: str | None
    members: int
    version: int


@router.get("/workshops/{workshop_id}/groups")
async def every(here: InWorkshop, page: PageQuery) -> Items:
    """All groups and how many are in each."""
    return paged(await here.read(queries.groups), page, Group)


@router.post("/workshops/{workshop_id}/groups", status_code=201)
async def make(
    request: Request, here: InWorkshop, body: OneOrMany[NewGroup]
) -> Group | list[Group]:
    """Make one group or many."""
    done = await here.change(actions.add_groups, [one.name for one in body])
    rows = await here.read(queries.groups_by_id, done.ids)
    return await same_form(request, [Group.model_validate(row) for row in rows])


@router.post("/workshops/{workshop_id}/groups/seating")
async def seat(here: InWorkshop, body: Seating) -> list[Group]:
    """Spread people evenly over the groups, by region and capacity."""
    done = await here.change(actions.seat_people, everybody=body.everybody)
    return await _shown(here, done.ids)


@router.post("/workshops/{workshop_id}/groups/call-back")
async def call_back(here: InWorkshop) -> list[Group]:
    """Bring all groups back into the plenary."""
    await here.change(breakouts.call_back)
    return [Group.model_validate(row) for row in await here.read(queries.groups)]


@router.post("/workshops/{workshop_id}/groups/{group_id}/call-back")
async def call_one_back(here: InWorkshop, group_id: str) -> Group:
    """Bring one group back into the plenary."""
    await here.change(breakouts.call_back, group_id)
    return (await _shown(here, [group_id]))[0]


@router.post("/activities/{activity_id}/groups", status_code=201)
async def give(here: AtActivity, activity_id: str, body: GivenOut) -> Any:
    """Give an activity to every group: each works on one of its own from now on."""
    done = await here.change(breakouts.give_to_groups, activity_id, body.areas)
    return [await shown(here, one) for one in done.ids]


@router.patch("/workshops/{workshop_id}/groups/{group_id}")
async def change(here: InWorkshop, group_id: str, version: Version, body: GroupChanges) -> Group:
    """Give it another name or lead."""
    await here.change(actions.change_group, group_id, version, plain(body))
    return (await _shown(here, [group_id]))[0]


async def _shown(here: Visit, ids: list[str]) -> list[Group]:
    return [Group.model_validate(row) for row in await here.read(queries.groups_by_id, ids)]
