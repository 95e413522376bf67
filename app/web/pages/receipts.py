"""The published list of a round's receipts: where a voter finds their own answer again."""

from typing import Any

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.responses import HTMLResponse

from app.errors import NotFound
from app.exports.answers import answers
from app.policy import Actor, may_see_outcome
from app.queries.receipts import published
from app.queries.rounds import RoundView, round_view
from app.queries.step import workshop_row
from app.web.deps import InWorkshop
from app.web.language import translator
from app.web.pages.base import drawn

router = APIRouter()


@router.get("/w/{workshop_id}/receipts/{round_id}")
async def receipts(here: InWorkshop, round_id: str) -> HTMLResponse:
    """Open to whoever may see the outcome; a secret or thin round says why it has no list."""
    view, listed = await here.read(_listed, round_id, here.actor)
    if not may_see_outcome(here.actor, view.row) or view.row.closed_number is None:
        raise NotFound
    say = translator(here.request)
    worded = [
        {"receipt": one["receipt"], "answers": answers(view, one["body"], say)} for one in listed
    ]
    workshop = await here.read(workshop_row)
    return await drawn(
        here, "pages/receipts.html", workshop=workshop, round=view.row, listed=worded
    )


def _listed(
    conn: Connection, workshop_id: str, round_id: str, actor: Actor
) -> tuple[RoundView, list[dict[str, Any]]]:
    view = round_view(conn, workshop_id, round_id, actor)
    return view, published(conn, view.row)
