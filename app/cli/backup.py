"""`consilience backup`: everything in one verified file, also while the server runs."""

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer

from app.errors import N_, Refused
from app.settings import Settings

BROKEN = N_("The log of workshop {workshop} is broken at number {number}; no backup was written.")


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
    from app.formats.backup import Backup, read_backup, write_backup
    from app.queries.chain import breaks
    from app.queries.whole import all_tables

    db = Database(settings.url)
    try:
        (revision, tables), broken = await db.read(lambda conn: (all_tables(conn), breaks(conn)))
    finally:
        await db.close()
    if broken:
        first = broken[0]
        raise Refused("broken_log", BROKEN, workshop=first.workshop_id, number=first.number)
    name = f"consilience-{clock.stamp(clock.now())[:19].replace(':', '')}.zip"
    path = out or settings.home / "backups" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    written = Backup(revision, tables)
    await asyncio.to_thread(write_backup, path, written)
    again = await asyncio.to_thread(read_backup, path)
    if again.rows != written.rows:
        raise Refused("damaged", N_("The backup could not be read back. Try another disk."))
    return path, again.rows
