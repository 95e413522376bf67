"""Breakout groups."""

from starlette.requests import Request

from app.actions import groups as actions
from app.queries import groups as queries
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
from app.web.deps import InWorkshop, Version

router = json_router()


class NewGroup(Body):
    name: str


class Group(Answer):
    id: str
    name: str
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


@router.patch("/workshops/{workshop_id}/groups/{group_id}")
async def rename(here: InWorkshop, group_id: str, version: Version, body: NewGroup) -> Group:
    """Give it another name."""
    await here.change(actions.rename_group, group_id, version, body.name)
    return Group.model_validate((await here.read(queries.groups_by_id, [group_id]))[0])
