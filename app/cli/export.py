"""`consilience export`: a file of the meeting, with or without a running server."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from app.errors import N_, Refused
from app.settings import Settings

NO_WORKSHOP = N_("There is no workshop “{named}”. Name it by its id or its join code.")


def run(
    workshop: Annotated[str, typer.Argument(help="Id or join code.")],
    out: Annotated[Path, typer.Option(help="Where to write the file.")],
    format: Annotated[str, typer.Option(help="xlsx, docx, csv, grid.csv, json, bundle …")],  # noqa: A002
    lang: Annotated[str, typer.Option(help="Language of headings and sentences.")] = "en",
) -> None:
    """Export what the meeting has so far. It only reads.

    Example: consilience export ABCD-EFGH --format docx --out matrix.docx
    """
    content = asyncio.run(_export(workshop, format, lang))
    out.write_bytes(content)
    print(f"{out}: {len(content)} bytes")


async def _export(named: str, chosen: str, lang: str) -> bytes:
    from app.db import Database
    from app.exports import EXPORTS
    from app.queries.workshops import find_workshop
    from app.render.words import translations

    if chosen not in EXPORTS:
        known = ", ".join(EXPORTS)
        raise typer.BadParameter(f"there is no format {chosen}; known are {known}")
    db = Database(Settings().url)
    try:
        found = await db.read(find_workshop, named)
        if found is None:
            raise Refused("no_workshop", NO_WORKSHOP, named=named)
        say = translations(lang).gettext
        whole = await db.read(EXPORTS[chosen].read, found.id, say, lang)
    finally:
        await db.close()
    return EXPORTS[chosen].write(whole, say)
