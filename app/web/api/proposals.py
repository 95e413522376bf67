"""Proposals over the API: propose, reword, merge, moderate."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import Field

from app.actions import merging, moderation
from app.actions import proposals as actions
from app.actions.holding_back import hold_back_proposal
from app.actions.misreadings import answer_misread, say_misread
from app.actions.splitting import split_proposal
from app.errors import NotFound
from app.policy import MODERATOR, Actor, may_moderate
from app.queries.proposals import ProposalView, proposals
from app.web.api.base import Body, Items, PageQuery, cut, json_router
from app.web.deps import InWorkshop, Version, Visit

router: APIRouter = json_router()

Kind = Literal["priority_area", "response"]


class Values(Body):
    """What an area says of itself, and what a response says by default."""

    problem_statement: str | None = None
    regional_context: str | None = None
    level: str | None = None
    lead_actor: str | None = None
    partners: str | None = None
    time_frame: str | None = None
    resources: str | None = None
    indicator: str | None = None
    evidence_status: str | None = None
    source: str | None = None


class NewProposal(Values):
    kind: Kind
    text: str
    activity: str | None = None
    area: str | None = None
    component: str | None = None
    own_key: str | None = None
    shown: Literal["anonymous"] | None = None


class ProposalChanges(Values):
    text: str | None = None
    component: str | None = None
    area: str | None = None


class Merge(Values):
    proposals: Annotated[list[str], Field(min_length=1, max_length=200)]
    text: str
    component: str | None = None
    own_key: str | None = None
    position: Annotated[int, Field(ge=0, le=1_000_000)] | None = None


class Moderation(Body):
    """`accept`, `return` (with a reason), `place` (component or area), `split` (into `texts`),
    `undo_merge` (of a merge or a split), `answer` (in `reason`, for authors who said that a wording
    is not what they meant)."""

    decision: Literal["accept", "return", "place", "split", "undo_merge", "answer"]
    reason: str | None = None
    texts: Annotated[list[str], Field(max_length=20)] | None = None
    component: str | None = None
    area: str | None = None


class Misreading(Body):
    text: str = ""


@router.get("/workshops/{workshop_id}/proposals")
async def listed(here: InWorkshop, page: PageQuery) -> Items:
    found = await here.read(proposals, here.actor)
    return cut(found, page, as_data)


@router.post("/workshops/{workshop_id}/proposals", status_code=201)
async def propose(here: InWorkshop, body: NewProposal) -> Any:
    given = fields_of(body)
    done = await here.change(actions.propose, body.kind, body.text, body.activity, body.area, given)
    return await shown(here, done.id)


@router.patch("/workshops/{workshop_id}/proposals/{proposal_id}")
async def reword(
    here: InWorkshop, proposal_id: str, version: Version, body: ProposalChanges
) -> Any:
    await here.change(actions.reword, proposal_id, version, fields_of(body))
    return await shown(here, proposal_id)


@router.post("/workshops/{workshop_id}/proposals/merge", status_code=201)
async def merge(here: InWorkshop, body: Merge) -> Any:
    done = await here.change(
        merging.merge_proposals, body.proposals, body.text, body.component, fields_of(body)
    )
    return await shown(here, done.id)


@router.post("/workshops/{workshop_id}/proposals/{proposal_id}/hold-back")
async def hold_back(here: InWorkshop, proposal_id: str) -> Any:
    """Its author shows it without name, delegation or region from now on."""
    await here.change(hold_back_proposal, proposal_id)
    return await shown(here, proposal_id)


@router.post("/workshops/{workshop_id}/proposals/{proposal_id}/not-meant")
async def not_meant(here: InWorkshop, proposal_id: str, body: Misreading) -> Any:
    """Its author says that the wording that stands for it now is not what was meant."""
    await here.change(say_misread, proposal_id, body.text)
    return await shown(here, proposal_id)


@router.post("/workshops/{workshop_id}/proposals/{proposal_id}/moderation")
async def moderate(here: InWorkshop, proposal_id: str, body: Moderation) -> Any:
    match body.decision:
        case "accept":
            await here.change(moderation.accept_proposal, proposal_id)
        case "return":
            await here.change(moderation.return_proposal, proposal_id, body.reason or "")
        case "place":
            await here.change(moderation.place_proposal, proposal_id, body.component, body.area)
        case "split":
            await here.change(split_proposal, proposal_id, body.texts or [])
        case "undo_merge":
            await here.change(merging.undo_merge, proposal_id)
        case "answer":
            await here.change(answer_misread, proposal_id, body.reason or "")
    # A group's lead sees no more of what was sent back than others do, but for this answer.
    return await shown(here, proposal_id, here.actor if may_moderate(here.actor) else MODERATOR)


NAMES = {"component": "component_id", "area": "area_id"}


def fields_of(body: Body) -> dict[str, Any]:
    """The fields that were sent, by the names the actions know."""
    given = body.model_dump(exclude_unset=True, exclude_none=True)
    return {NAMES.get(name, name): value for name, value in given.items()}


async def shown(here: Visit, proposal_id: str, to: Actor | None = None) -> dict[str, Any]:
    for one in await here.read(proposals, to or here.actor):
        if one.id == proposal_id:
            return as_data(one)
    raise NotFound


def as_data(one: ProposalView) -> dict[str, Any]:
    """A proposal in the contract's words, signed as far as this viewer may know."""
    row = one.row
    same = (
        "id", "own_key", "kind", "status", "late", "version", "number", "return_reason",
        "problem_statement", "regional_context", "level", "lead_actor", "partners", "time_frame",
        "resources", "indicator", "evidence_status", "source",
    )  # fmt: skip
    return {
        **{name: getattr(row, name) for name in same},
        "text": one.text,
        "wording_version": one.wording.id,
        "wording_n": one.wording.n,
        "activity": row.activity_id,
        "area": row.area_id,
        "component": row.component_id,
        "merged_into": row.merged_into_id,
        "originals": one.originals,
        "parts": one.parts,
        "author": {"shown_as": one.by.kind, "text": one.by.text},
    }
