"""Files made in the background: asked for, followed, taken by whoever asked."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.actions.exports import ask_export
from app.errors import Conflict
from app.exports import MADE
from app.policy import may_export, may_have_made, require
from app.queries import tasks as queries
from app.web.api.base import Answer, Body, Items, PageQuery, cut, json_router
from app.web.api.export import FILE, as_file, export_called
from app.web.deps import InWorkshop
from app.web.language import language_of, translator

router = json_router()


class NewExport(Body):
    format: Annotated[str, Field(max_length=20)]


class Export(Answer):
    """`message` says why it failed; `asked_at` and `done_at` are moments."""

    id: str
    format: str
    status: Literal["waiting", "done", "failed"]
    asked_at: datetime
    done_at: datetime | None
    message: str | None


@router.post("/workshops/{workshop_id}/exports", status_code=202)
async def ask(here: InWorkshop, body: NewExport) -> Export:
    """Have a file made. It is kept for a day, for you alone. `backup` is the whole meeting, for
    the server's owner."""
    if body.format not in MADE:
        export_called(body.format)
    done = await here.change(ask_export, body.format, language_of(here.request))
    here.request.app.state.work.hurry()
    return _answer(here.request, await here.read(queries.export_of, here.actor.identity, done.id))


@router.get("/workshops/{workshop_id}/exports")
async def every(here: InWorkshop, page: PageQuery) -> Items:
    """The files that you asked for within a day."""
    require(may_export(here.actor))
    found = await here.read(queries.exports_of, here.actor.identity)
    return cut(found, page, lambda row: _answer(here.request, row))


@router.get(
    "/workshops/{workshop_id}/exports/{export_id}",
    response_class=Response,
    responses={200: FILE, 202: {"model": Export, "description": "It is being made."}},
)
async def read(here: InWorkshop, export_id: str) -> Response:
    """The file, or 202 while it is being made."""
    require(may_export(here.actor))
    mine = (here.actor.identity, export_id)
    asked = await here.read(queries.export_of, *mine)
    require(may_have_made(here.actor, asked.payload["format"]))
    if asked.state == "failed":
        raise Conflict(asked.last_error, queries.reason(asked.last_error))
    if asked.state == "waiting":
        waiting = _answer(here.request, asked).model_dump(mode="json")
        return JSONResponse(waiting, 202, {"retry-after": "1", "cache-control": "no-store"})
    made = await here.read(queries.made_export, *mine)
    return as_file(made.name, made.media_type, made.content)


def _answer(request: Request, row: Any) -> Export:
    failed = row.state == "failed"
    return Export(
        id=row.id,
        format=row.payload["format"],
        status=row.state,
        asked_at=row.asked_at,
        done_at=row.done_at,
        message=translator(request)(queries.reason(row.last_error)) if failed else None,
    )
