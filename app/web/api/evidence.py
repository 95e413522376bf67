"""Evidence items: studies, theories, cases, lessons learned and good practices."""

from typing import Annotated

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from app.actions import evidence as actions
from app.queries import evidence as queries
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
Links = Annotated[list[str], Field(max_length=50)]


class NewEvidence(Body):
    title: str
    own_key: str | None = None
    kind: str = "evidence"
    gist: str = ""
    source: str = ""
    documented: bool = True
    links: Links = Field(default=[])


class EvidenceChanges(NewEvidence):
    title: str = ""


class Evidence(Answer):
    id: str
    own_key: str | None
    kind: str
    title: str
    gist: str
    source: str
    documented: bool
    links: list[str]
    version: int


@router.get("/workshops/{workshop_id}/evidence")
async def every(here: InWorkshop, page: PageQuery) -> Items:
    """All evidence under review."""
    return paged(await here.read(queries.evidence), page, Evidence)


@router.post("/workshops/{workshop_id}/evidence", status_code=201)
async def put_up(
    request: Request, here: InWorkshop, body: OneOrMany[NewEvidence]
) -> Evidence | list[Evidence]:
    """Put one item up for review, or many."""
    done = await here.change(actions.add_evidence, [one.given() for one in body])
    rows = await here.read(queries.evidence_by_id, done.ids)
    return await same_form(request, [Evidence.model_validate(row) for row in rows])


@router.get("/workshops/{workshop_id}/evidence/{evidence_id}")
async def read(here: InWorkshop, evidence_id: str) -> Evidence:
    """One item."""
    return await _answer(here, evidence_id)


@router.patch("/workshops/{workshop_id}/evidence/{evidence_id}")
async def change(
    here: InWorkshop, evidence_id: str, version: Version, body: EvidenceChanges
) -> Evidence:
    """Change an item."""
    await here.change(actions.change_evidence, evidence_id, version, body.given())
    return await _answer(here, evidence_id)


@router.delete("/workshops/{workshop_id}/evidence/{evidence_id}", status_code=204)
async def remove(here: InWorkshop, evidence_id: str) -> Response:
    """Take an item out of the review."""
    await here.change(actions.remove_evidence, evidence_id)
    return Response(status_code=204)


async def _answer(here: Visit, evidence_id: str) -> Evidence:
    return Evidence.model_validate((await here.read(queries.evidence_by_id, [evidence_id]))[0])
