"""`consilience backup`: everything in one verified file, also while the server runs."""

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer

from app.errors import N_, Refused
from app.settings import Settings


def run(
    out: Annotated[
        Path | None, typer.Option(help="Where to; without it into the home folder's backups/.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print data.")] = False,
) -> None:
    """Write a backup and read it back to verify it. Meetings go on meanwhile.

    Example: consilience backup --out /media/stick/meeting.zip
    """
    path, rows = asyncio.run(_backup(Settings(), out))
    if as_json:
        print(json.dumps({"path": str(path), "rows": rows}))
    else:
        print(f"{path}: {rows} rows, verified")


async def _backup(settings: Settings, out: Path | None) -> tuple[Path, int]:
    from app import clock
    from app.db import Database
    from app.exports.whole_meeting import whole
    from app.formats.backup import read_backup, write_backup

    db = Database(settings.url)
    try:
        written = await db.read(whole)
    finally:
        await db.close()
    name = f"consilience-{clock.stamp(clock.now())[:19].replace(':', '')}.zip"
    path = out or settings.home / "backups" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    await asyncio.to_thread(write_backup, path, written)
    again = await asyncio.to_thread(read_backup, path)
    if again.rows != written.rows:
        raise Refused("damaged", N_("The backup could not be read back. Try another disk."))
    return path, again.rows
