"""Framework components: the pillars of the response, each a wording that can be adopted."""

from typing import Annotated

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from app.actions import drafts as actions
from app.queries import drafts as queries
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
from app.web.deps import InWorkshop, Version, Visit

router = json_router()
KIND = "component"
Position = Annotated[int, Field(ge=0, le=10_000)]


class NewComponent(Body):
    text: str
    own_key: str | None = None
    gist: str = ""
    source: str = ""


class ComponentChanges(NewComponent):
    text: str = ""
    position: Position = 0


class Component(Answer):
    id: str
    own_key: str | None
    text: str
    wording_version: Annotated[str, Field(validation_alias="wording_version_id")]
    gist: str
    source: str
    position: int
    version: int


@router.get("/workshops/{workshop_id}/components")
async def every(here: InWorkshop, page: PageQuery) -> Items:
    """All components."""
    return paged(await here.read(queries.drafts, KIND), page, Component)


@router.post("/workshops/{workshop_id}/components", status_code=201)
async def draft(
    request: Request, here: InWorkshop, body: OneOrMany[NewComponent]
) -> Component | list[Component]:
    """Draft one component or many."""
    done = await here.change(actions.add_drafts, KIND, [one.given() for one in body])
    rows = await here.read(queries.drafts_by_id, KIND, done.ids)
    return await same_form(request, [Component.model_validate(row) for row in rows])


@router.get("/workshops/{workshop_id}/components/{component_id}")
async def read(here: InWorkshop, component_id: str) -> Component:
    """One component."""
    return await _answer(here, component_id)


@router.patch("/workshops/{workshop_id}/components/{component_id}")
async def change(
    here: InWorkshop, component_id: str, version: Version, body: ComponentChanges
) -> Component:
    """Change or reword it; another text is a new version of its wording."""
    await here.change(actions.change_draft, KIND, component_id, version, body.given())
    return await _answer(here, component_id)


@router.delete("/workshops/{workshop_id}/components/{component_id}", status_code=204)
async def remove(here: InWorkshop, component_id: str) -> Response:
    """Drop it."""
    await here.change(actions.remove_draft, KIND, component_id)
    return Response(status_code=204)


async def _answer(here: Visit, component_id: str) -> Component:
    rows = await here.read(queries.drafts_by_id, KIND, [component_id])
    return Component.model_validate(rows[0])
