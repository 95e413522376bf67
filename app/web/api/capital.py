"""The draft for a delegation's capital, as a file for one of its members."""

import asyncio
from typing import Literal

from fastapi import APIRouter
from starlette.responses import Response

from app.actions.taking_home import take_home
from app.exports.capital import KINDS
from app.policy import may_take_home, require
from app.queries.capital import capital_draft
from app.web.api.base import json_router
from app.web.api.export import as_file, file_of
from app.web.deps import InWorkshop
from app.web.language import language_of, translator

router: APIRouter = json_router()
FILE = file_of(KINDS.values())


@router.get("/workshops/{workshop_id}/capital", response_class=Response, responses={200: FILE})
async def capital(
    here: InWorkshop,
    format: Literal["docx", "html"] = "docx",  # noqa: A002 - as for the other files
) -> Response:
    """The draft as it stands, with numbered lines, your delegation's flags and your own private
    notes: for the members of a delegation. Your page then shows what changed since."""
    require(may_take_home(here.actor))
    say, kind = translator(here.request), KINDS[format]
    draft = await here.read(capital_draft, here.actor, say, language_of(here.request))
    content = await asyncio.to_thread(kind.write, draft, say)
    await here.change(take_home, draft.report.meeting.seq)
    name = f"consilience-{here.workshop_id[:8]}-capital.{kind.extension}"
    return as_file(name, kind.media_type, content)
