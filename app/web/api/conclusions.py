"""Conclusions and working definitions, drafted by the writers and adopted by the room."""

from typing import Annotated, Literal

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
KIND = "conclusion"
Kind = Literal["conclusion", "definition"]
Position = Annotated[int, Field(ge=0, le=10_000)]


class NewConclusion(Body):
    text: str
    kind: Kind = "conclusion"


class ConclusionChanges(Body):
    text: str = ""
    kind: Kind = "conclusion"
    position: Position = 0


class Conclusion(Answer):
    id: str
    kind: Kind
    text: str
    wording_version: Annotated[str, Field(validation_alias="wording_version_id")]
    position: int
    version: int


@router.get("/workshops/{workshop_id}/conclusions")
async def every(here: InWorkshop, page: PageQuery) -> Items:
    """All conclusions."""
    return paged(await here.read(queries.drafts, KIND), page, Conclusion)


@router.post("/workshops/{workshop_id}/conclusions", status_code=201)
async def draft(
    request: Request, here: InWorkshop, body: OneOrMany[NewConclusion]
) -> Conclusion | list[Conclusion]:
    """Draft one conclusion or many."""
    done = await here.change(actions.add_drafts, KIND, [one.given() for one in body])
    rows = await here.read(queries.drafts_by_id, KIND, done.ids)
    return await same_form(request, [Conclusion.model_validate(row) for row in rows])


@router.get("/workshops/{workshop_id}/conclusions/{conclusion_id}")
async def read(here: InWorkshop, conclusion_id: str) -> Conclusion:
    """One conclusion."""
    return await _answer(here, conclusion_id)


@router.patch("/workshops/{workshop_id}/conclusions/{conclusion_id}")
async def change(
    here: InWorkshop, conclusion_id: str, version: Version, body: ConclusionChanges
) -> Conclusion:
    """Reword it: a new version of its wording."""
    await here.change(actions.change_draft, KIND, conclusion_id, version, body.given())
    return await _answer(here, conclusion_id)


@router.delete("/workshops/{workshop_id}/conclusions/{conclusion_id}", status_code=204)
async def remove(here: InWorkshop, conclusion_id: str) -> Response:
    """Drop it."""
    await here.change(actions.remove_draft, KIND, conclusion_id)
    return Response(status_code=204)


async def _answer(here: Visit, conclusion_id: str) -> Conclusion:
    rows = await here.read(queries.drafts_by_id, KIND, [conclusion_id])
    return Conclusion.model_validate(rows[0])
