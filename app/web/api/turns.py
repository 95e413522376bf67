"""A round robin over the API: begun, led on, passed, ended."""

from typing import Annotated, Any

from pydantic import Field

from app.actions import turns as actions
from app.queries.turns import turns_at
from app.web.api.base import Body, json_router
from app.web.api.rounds import AtActivity
from app.web.deps import Visit

router = json_router()


class AtTurn(Body):
    """The number of the turn that is over."""

    turn: Annotated[int, Field(ge=1, le=1_000_000)]


@router.post("/activities/{activity_id}/turns", status_code=201)
async def begin(here: AtActivity, activity_id: str) -> dict[str, Any]:
    """Begin a round robin of everybody who is here, or begin it anew."""
    await here.change(actions.begin_turns, activity_id)
    return await _listed(here, activity_id)


@router.post("/activities/{activity_id}/turns/next")
async def go_on(here: AtActivity, activity_id: str, body: AtTurn) -> dict[str, Any]:
    """The next one's turn."""
    await here.change(actions.next_turn, activity_id, body.turn)
    return await _listed(here, activity_id)


@router.post("/activities/{activity_id}/turns/pass")
async def pass_on(here: AtActivity, activity_id: str, body: AtTurn) -> dict[str, Any]:
    """Whoever's turn it is has nothing more to read out."""
    await here.change(actions.pass_turn, activity_id, body.turn)
    return await _listed(here, activity_id)


@router.post("/activities/{activity_id}/turns/own-pass")
async def pass_own(here: AtActivity, activity_id: str) -> dict[str, Any]:
    """Have nothing more to read out oneself; nobody else's name is in the answer."""
    done = await here.change(actions.pass_own, activity_id)
    return {"number": done.number}


@router.delete("/activities/{activity_id}/turns", status_code=204)
async def end(here: AtActivity, activity_id: str) -> None:
    """Take the round robin off."""
    await here.change(actions.end_turns, activity_id)


async def _listed(here: Visit, activity_id: str) -> dict[str, Any]:
    found = await here.read(turns_at, activity_id)
    if found is None:
        return {"turn": 0, "waiting": []}
    waiting = [{"participant": one.id, "label": one.label} for one in found.people]
    return {"turn": found.n, "waiting": waiting}
