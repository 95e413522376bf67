"""`consilience restore`: a backup into an empty database, of either kind."""

import asyncio
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli import home
from app.cli.schema import upgrade
from app.errors import N_, Refused
from app.settings import Settings

NO_FILE = N_("There is no file {path}. `consilience backup` writes one.")


def run(
    backup: Annotated[Path, typer.Argument(help="A file that `consilience backup` wrote.")],
) -> None:
    """Restore a backup. The database must be empty and no server may run on the home folder.

    Example: CONSILIENCE_HOME=./other consilience restore meeting.zip
    """
    from app.formats.backup import read_backup

    settings = Settings()
    if not backup.is_file():
        raise Refused("no_file", NO_FILE, path=backup)
    read = read_backup(backup)
    with home.lock(settings.home):
        upgrade(settings.url)
        asyncio.run(_restore(settings, read.revision, read.tables))
    print(f"{read.rows} rows restored; every log is whole")


async def _restore(settings: Settings, revision: str, tables: dict[str, Any]) -> None:
    from app.actions.restore import restore
    from app.db import Database
    from app.policy import SYSTEM
    from app.queries.whole import revision as revision_of

    db = Database(settings.url)
    try:
        if await db.read(revision_of) != revision:
            raise Refused("other_version", N_("Another version of Consilience wrote this backup."))
        await db.change(None, restore, SYSTEM, tables)
    finally:
        await db.close()
