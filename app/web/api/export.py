"""A file of the meeting, in any format of the registry."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from app.errors import N_, Refused
from app.exports import EXPORTS
from app.policy import may_export, require
from app.web.api.base import json_router
from app.web.deps import InWorkshop
from app.web.language import language_of, translator

router: APIRouter = json_router()


@router.get("/workshops/{workshop_id}/export")
async def export(
    here: InWorkshop,
    format: Annotated[str, Query(max_length=20)],  # noqa: A002 - the public name
) -> Response:
    """What the meeting has so far, as a file that does nothing when it is opened."""
    require(may_export(here.actor))
    if format not in EXPORTS:
        raise Refused(
            "bad_query",
            N_("There is no format “{format}”. Known are: {known}."),
            field="format",
            format=format,
            known=", ".join(EXPORTS),
        )
    say, language = translator(here.request), language_of(here.request)
    chosen = EXPORTS[format]
    whole = await here.read(chosen.read, say, language)
    content = await asyncio.to_thread(chosen.write, whole, say)
    name = f"consilience-{here.workshop_id[:8]}.{chosen.extension}"
    headers = {
        "content-disposition": f'attachment; filename="{name}"',
        "cache-control": "no-store",
    }
    return Response(content, media_type=chosen.media_type, headers=headers)
