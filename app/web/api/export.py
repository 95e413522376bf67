"""A file of the meeting, in any format of the registry."""

import asyncio
from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from app.errors import N_, Refused
from app.exports import EXPORTS, Export
from app.policy import may_export, require
from app.web.api.base import json_router
from app.web.deps import InWorkshop
from app.web.language import language_of, translator

router: APIRouter = json_router()
OPEN = {export.id for export in EXPORTS.values() if export.open}
UNKNOWN = N_("There is no format “{format}”. Known are: {known}.")


def export_called(format_: str) -> Export:
    """The format of this name. Raises Refused `bad_query` where there is none."""
    if format_ not in EXPORTS:
        known = ", ".join(EXPORTS)
        raise Refused("bad_query", UNKNOWN, field="format", format=format_, known=known)
    return EXPORTS[format_]


def file_of(kinds: Iterable[Any]) -> dict[str, Any]:
    """What OpenAPI says of an answer that is a file of one of these kinds."""
    return {
        "description": "The file.",
        "content": {
            kind.media_type: {"schema": {"type": "string", "format": "binary"}} for kind in kinds
        },
    }


FILE = file_of(EXPORTS.values())


@router.get("/workshops/{workshop_id}/export", response_class=Response, responses={200: FILE})
async def export(
    here: InWorkshop,
    format: Annotated[str, Query(max_length=20)],  # noqa: A002 - the public name
) -> Response:
    """What the meeting has so far, as a file that does nothing when it is opened. `html` is for
    everybody in the meeting, the others for those who run and write it."""
    require(may_export(here.actor, for_all=format in OPEN))
    chosen = export_called(format)
    say, language = translator(here.request), language_of(here.request)
    whole = await here.read(chosen.read, say, language)
    content = await asyncio.to_thread(chosen.write, whole, say)
    return as_file(chosen.name_for(here.workshop_id), chosen.media_type, content)


def as_file(name: str, media_type: str, content: bytes) -> Response:
    """An answer that a browser puts into a file, and no cache keeps."""
    headers = {
        "content-disposition": f'attachment; filename="{name}"',
        "cache-control": "no-store",
    }
    return Response(content, media_type=media_type, headers=headers)
