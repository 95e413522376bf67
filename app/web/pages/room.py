"""The room: a participant's page, and the parts that only they may see."""

import asyncio
from contextlib import suppress
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import HTMLResponse

from app.actions.presence import see_round
from app.actions.private_notes import keep_private_note
from app.actions.showings import show_sets
from app.activities.compare import AHEAD, compares
from app.errors import Refused
from app.policy import interprets, may_propose, require
from app.queries.admissions import asked_of
from app.queries.exercise import exercise_for
from app.queries.floor import own_floor
from app.queries.interpreting import interpreting
from app.queries.morning import morning
from app.queries.rounds import RoundView
from app.queries.sifting import Sieve
from app.queries.standing import count_so_far, own_standing
from app.queries.step import workshop_row
from app.queries.turns import own_turn
from app.queries.twins import twins_to_be
from app.web.api.base import Body, JsonRoute
from app.web.deps import InWorkshop, Visit
from app.web.pages.base import drawn, page

router = APIRouter()
mine = APIRouter(route_class=JsonRoute)
MOST = 3  # near-duplicates shown to a writer


@router.get("/w/{workshop_id}/room")
async def room(here: InWorkshop) -> HTMLResponse:
    if interprets(here.actor):
        said = await here.read(interpreting, [])
        return await page(here, "pages/interpreter.html", "room", said=said)
    found = await _exercise(here)
    own = await here.read(own_floor, here.actor)
    new = await here.read(morning, here.actor)
    turn = await here.read(own_turn, here.actor)
    return await page(
        here, "pages/room.html", "room",
        exercise=found, sieve=_sieve(here), floor=own, turn=turn, morning=new,
    )  # fmt: skip


@router.get("/w/{workshop_id}/mine/exercise")
async def exercise(here: InWorkshop) -> HTMLResponse:
    """The form that stands before this person now: fetched by their page, never pushed."""
    found = await _exercise(here)
    workshop = await here.read(workshop_row)
    return await drawn(
        here, "pages/_exercise.html", workshop=workshop, exercise=found, sieve=_sieve(here)
    )


@router.get("/w/{workshop_id}/mine/standing")
async def standing(here: InWorkshop) -> HTMLResponse:
    """What the ballots give so far, for one who may see it: fetched by their page."""
    found = await here.read(own_standing, here.actor)
    counted = await asyncio.to_thread(count_so_far, found)
    return await drawn(here, "pages/_standing.html", **{**found, **counted})


@router.get("/w/{workshop_id}/mine/floor")
async def floor(here: InWorkshop) -> HTMLResponse:
    """Who speaks, and one's own place on the speakers' list and in turn: fetched by their page."""
    workshop = await here.read(workshop_row)
    own = await here.read(own_floor, here.actor)
    turn = await here.read(own_turn, here.actor)
    return await drawn(here, "pages/_floor.html", workshop=workshop, floor=own, turn=turn)


@router.get("/w/{workshop_id}/mine/door")
async def door(here: InWorkshop) -> HTMLResponse:
    """Is this you? Devices that wait with one's own link: fetched by one's page."""
    workshop = await here.read(workshop_row)
    at_door = await here.read(asked_of, here.actor)
    return await drawn(here, "pages/_is_this_you.html", workshop=workshop, at_door=at_door)


@router.get("/w/{workshop_id}/mine/interpreting")
async def interpret(
    here: InWorkshop, seen: Annotated[list[str] | None, Query(max_length=60)] = None
) -> HTMLResponse:
    """What is said now and next, with what has changed since the versions of wordings that this
    reader has seen."""
    said = await here.read(interpreting, seen or [])
    return await drawn(here, "pages/_interpreting.html", said=said)


def _sieve(here: Visit) -> Sieve:
    """Which rows of the draft this reader's address asks for."""
    return Sieve.of(here.request.query_params)


async def _exercise(here: Visit) -> Any:
    found = await here.read(exercise_for, here.actor)
    if found.round and _unseen(found.round):
        await here.db.change(here.workshop_id, see_round, here.actor, found.round.row.id)
    if found.round and found.round.may_vote and compares(found.round.row) and found.waiting < AHEAD:
        with suppress(Refused):  # closed this very moment: the page shows what is there
            await here.db.change(here.workshop_id, show_sets, here.actor, found.round.row.id)
        return await here.read(exercise_for, here.actor)
    return found


def _unseen(view: RoundView) -> bool:
    return view.own is not None and view.own.seen_at is None and view.row.status == "open"


class PrivateNote(Body):
    text: Annotated[str, Field(min_length=1, max_length=20_000)]


@mine.post("/w/{workshop_id}/mine/notes", status_code=201)
async def keep(here: InWorkshop, body: PrivateNote) -> Any:
    done = await here.change(keep_private_note, body.text)
    return {"id": done.id}


class Draft(Body):
    kind: Literal["priority_area", "response"]
    text: Annotated[str, Field(max_length=10_000)]


@mine.post("/w/{workshop_id}/mine/alike")
async def alike(here: InWorkshop, body: Draft) -> Any:
    """What nearly says the same as a proposal that is being written, as far as its writer may see
    it. Nothing is recorded."""
    require(may_propose(here.actor, here.workshop_id))
    found = await here.read(twins_to_be, here.actor, body.kind, body.text)
    return {"items": [{"text": one.text, "likeness": one.likeness} for one in found[:MOST]]}


router.include_router(mine)
