"""The speakers' list of the present agenda item."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from app.actions import floor as actions
from app.policy import may_run_floor, require
from app.queries.floor import Floor, Turn, floor, own_floor
from app.web.api.base import Answer, Body, json_router
from app.web.deps import InWorkshop, Visit

router = json_router()


class Terms(Body):
    open: bool = True
    seconds: Annotated[int, Field(ge=10, le=7_200)] | None = None
    one_each: bool = False


class Called(Body):
    participant: str


class Place(Body):
    by: Literal[-1, 1]


class Speaker(Answer):
    id: str
    participant: str
    label: str
    delegation: str
    turns: int
    seconds_before: int
    given_at: datetime | None


@router.get("/workshops/{workshop_id}/floor")
async def listed(here: InWorkshop) -> dict[str, Any]:
    """Who speaks and who waits, with the turns and seconds that their delegation has had."""
    require(may_run_floor(here.actor))
    return _as_data(await here.read(floor))


@router.put("/workshops/{workshop_id}/floor")
async def set_terms(here: InWorkshop, body: Terms) -> dict[str, Any]:
    """Open or close the list, and set its terms."""
    await here.change(actions.set_floor, body.given())
    return _as_data(await here.read(floor))


@router.post("/workshops/{workshop_id}/floor", status_code=201)
async def ask(here: InWorkshop) -> dict[str, Any]:
    """Ask for the floor."""
    await here.change(actions.ask_for_floor)
    return await _own(here)


@router.post("/workshops/{workshop_id}/floor/call", status_code=201)
async def enter(here: InWorkshop, body: Called) -> dict[str, Any]:
    """Put somebody on the list who raised a hand."""
    await here.change(actions.enter_speaker, body.participant)
    return _as_data(await here.read(floor))


@router.post("/workshops/{workshop_id}/floor/{speaker_id}/withdrawal")
async def leave(here: InWorkshop, speaker_id: str) -> dict[str, Any]:
    """Take a request back."""
    await here.change(actions.leave_list, speaker_id)
    return await _own(here)


@router.post("/workshops/{workshop_id}/floor/{speaker_id}/give")
async def give(here: InWorkshop, speaker_id: str) -> dict[str, Any]:
    """Give the floor; whoever spoke before has finished."""
    await here.change(actions.give_floor, speaker_id)
    return _as_data(await here.read(floor))


@router.post("/workshops/{workshop_id}/floor/{speaker_id}/stop")
async def stop(here: InWorkshop, speaker_id: str) -> dict[str, Any]:
    """The turn is over."""
    await here.change(actions.stop_speaker, speaker_id)
    return _as_data(await here.read(floor))


@router.post("/workshops/{workshop_id}/floor/{speaker_id}/place")
async def move(here: InWorkshop, speaker_id: str, body: Place) -> dict[str, Any]:
    """One place earlier or later on the list."""
    await here.change(actions.move_speaker, speaker_id, body.by)
    return _as_data(await here.read(floor))


async def _own(here: Visit) -> dict[str, Any]:
    """Where the asking person is on the list; nobody else's name is in it."""
    found = await here.read(own_floor, here.actor)
    return {"id": found.own.id if found.own else None, "place": found.place}


def _as_data(found: Floor) -> dict[str, Any]:
    return {
        **vars(found.terms),
        "speaking": _speaker(found.speaking) if found.speaking else None,
        "waiting": [_speaker(turn) for turn in found.waiting],
    }


def _speaker(turn: Turn) -> Speaker:
    return Speaker(
        id=turn.id,
        participant=turn.author.id,
        label=turn.author.label,
        delegation=turn.author.delegation,
        turns=turn.turns,
        seconds_before=turn.seconds,
        given_at=turn.row.given_at,
    )
