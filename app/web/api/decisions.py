"""Decisions over the API: the chair's ruling on exact wordings, one or many at once."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import Field

from app.actions import decisions as actions
from app.errors import NotFound
from app.queries.decisions import DecisionView, decisions
from app.web.api.base import Body, Items, PageQuery, cut, json_router
from app.web.deps import InWorkshop

router: APIRouter = json_router()


class NewDecision(Body):
    rows: Annotated[list[str], Field(min_length=1, max_length=500)]
    wording_versions: Annotated[list[str], Field(min_length=1, max_length=500)]
    ruling: Literal["consensus", "no_objection", "with_reservations", "not_agreed"]
    ruled_by: str
    text: str = ""
    brackets: bool = False


@router.get("/workshops/{workshop_id}/decisions")
async def listed(here: InWorkshop, page: PageQuery) -> Items:
    return cut(await here.read(decisions), page, as_data)


@router.post("/workshops/{workshop_id}/decisions", status_code=201)
async def decide(here: InWorkshop, body: NewDecision) -> Any:
    done = await here.change(
        actions.decide,
        body.rows,
        body.wording_versions,
        body.ruling,
        body.ruled_by,
        body.text,
        body.brackets,
    )
    for one in await here.read(decisions):
        if one.id == done.id:
            return as_data(one)
    raise NotFound


def as_data(one: DecisionView) -> dict[str, Any]:
    """A ruling in the contract's words. Who ruled and who recorded it is an office's act."""
    same = ("id", "number", "ruling", "ruled_by", "recorded_by", "text", "at")
    return {
        **{name: getattr(one.row, name) for name in same},
        "rows": [row.row_id for row in one.rows],
        "wording_versions": [row.wording_version_id for row in one.rows],
        "texts": [row.pinned["text"] for row in one.rows],
    }
