"""Bringing a database to the schema of this version."""

import logging
from pathlib import Path

from app.errors import N_, Refused
from app.settings import ROOT

NEWER = N_("The database was made by a newer Consilience. Start that version, or name another one.")


def upgrade(url: str) -> None:
    """Migrate the database; on the newest schema it changes nothing."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    config = Config(ROOT / "alembic.ini")
    config.attributes["url"] = url
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        if "locate revision" in str(error):
            raise Refused("newer_database", NEWER) from None
        raise
