"""Workshops: made by the server's owner, read by everyone in them."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import BeforeValidator, Field
from starlette.requests import Request

from app import clock
from app.actions import workshops as actions
from app.db import derived_token
from app.policy import may_create_workshop, require
from app.queries import step as steps
from app.queries import workshops as queries
from app.web.api.base import Answer, Body, Items, PageQuery, json_router, paged
from app.web.deps import InWorkshop, Version, Visit, visit

router: APIRouter = json_router()

Day = Annotated[date, Field(strict=False)]
LastDay = Annotated[date | None, Field(strict=False), BeforeValidator(lambda day: day or None)]
Languages = Annotated[list[str], Field(max_length=20)]
Attribution = Literal["named", "delegation", "region", "none"]
Kind = Literal["real", "rehearsal", "demonstration"]
Proxies = Literal["none", "delegation", "any"]


class NewWorkshop(Body):
    title: str
    starts_on: Day | None = None
    ends_on: Day | None = None
    place: str = ""
    time_zone: str = "UTC"
    languages: Languages = Field(default=["en"])
    attribution: Attribution = "named"
    kind: Kind = "real"


class WorkshopChanges(Body):
    title: str = ""
    starts_on: Day | None = None
    ends_on: Day | None = None
    place: str = ""
    time_zone: str = "UTC"
    languages: Languages = Field(default=["en"])
    attribution: Attribution = "named"
    kind: Kind = "real"
    annex: bool = False
    retain_until: LastDay = None
    proxies: Proxies = "none"


class Workshop(Answer):
    id: str
    code: str
    title: str
    starts_on: date | None
    ends_on: date | None
    place: str
    time_zone: str
    languages: list[str]
    attribution: Attribution
    kind: Kind
    annex: bool
    seq: int
    head: str
    created_at: datetime
    ended_at: datetime | None
    retain_until: date | None
    forgotten_at: datetime | None
    proxies: Proxies
    version: int


class MadeWorkshop(Workshop):
    tokens: dict[str, str]


@router.post("/workshops", status_code=201)
async def create(request: Request, body: NewWorkshop) -> MadeWorkshop:
    """Make a workshop. Answers with its code and the tokens of organiser, facilitator, screen."""
    owner = await visit(request)
    done = await owner.change(actions.create_workshop, body.model_dump())
    row = await owner.db.read(queries.workshop, done.id)
    tokens = {
        role: derived_token(owner.db.secret, owner.key, done.id, role) for role in actions.DOORS
    }
    return MadeWorkshop(**Workshop.model_validate(row).model_dump(), tokens=tokens)


@router.get("/workshops")
async def every(request: Request, page: PageQuery) -> Items:
    """All workshops of this server, for its owner; for whom they let make some, their own."""
    owner = await visit(request)
    require(may_create_workshop(owner.actor))
    return paged(await owner.db.read(queries.workshops_for, owner.actor), page, Workshop)


@router.get("/workshops/{workshop_id}")
async def read(here: InWorkshop) -> Workshop:
    """One workshop."""
    return await _answer(here)


@router.patch("/workshops/{workshop_id}")
async def change(here: InWorkshop, version: Version, body: WorkshopChanges) -> Workshop:
    """Change what the organiser set; rounds keep what they fixed."""
    await here.change(actions.change_workshop, version, body.given())
    return await _answer(here)


@router.post("/workshops/{workshop_id}/end")
async def end(here: InWorkshop) -> Workshop:
    """End the meeting."""
    await here.change(actions.end_workshop)
    return await _answer(here)


@router.get("/workshops/{workshop_id}/now")
async def now(here: InWorkshop) -> dict[str, Any]:
    """Where the meeting is for the caller: the step (a group has its own while it works apart), the
    open rounds, the last number."""
    step = await here.read(steps.step_now, here.actor.group_id)
    shown = await here.read(queries.open_rounds)
    at, activity = step.workshop, step.activity
    return {
        "seq": at.seq,
        "head": at.head,
        "server_time": clock.stamp(clock.now()),
        "step": {
            "item": _brief(step.item, "id", "title", "kind", "day", "start", "end"),
            "next_item": _brief(step.next_item, "id", "title", "kind", "day", "start", "end"),
            "activity": _brief(activity, "id", "type", "title", "stage", "focus"),
        },
        "rounds": [_brief(round_, *OPEN_ROUND) for round_ in shown],
        "screen": at.screen,
        "timer": at.timer,
    }


OPEN_ROUND = ("id", "activity_id", "n", "status", "question", "method", "shape", "closes_at")


def _brief(row: Any, *fields: str) -> dict[str, Any] | None:
    return None if row is None else {field: getattr(row, field) for field in fields}


async def _answer(here: Visit) -> Workshop:
    return Workshop.model_validate(await here.read(queries.workshop))
