"""Files that take a while: made from one snapshot, in a thread, outside any lock."""

import asyncio

from sqlalchemy import Connection

from app.actions.exports import File, keep_export
from app.actions.tasks import Claim
from app.db import Database
from app.exports import MADE
from app.policy import SYSTEM
from app.queries.tasks import seq_of
from app.render.words import translations


async def make_export(db: Database, claim: Claim) -> None:
    """Make the file that was asked for, in the language of who asked, and keep it for them."""
    export, language = MADE[claim.payload["format"]], claim.payload["language"]
    say = translations(language).gettext

    def snapshot(conn: Connection) -> tuple[int, object]:
        return seq_of(conn, claim.workshop_id), export.read(conn, claim.workshop_id, say, language)

    seq, whole = await db.read(snapshot)
    content = await asyncio.to_thread(export.write, whole, say)
    file = File(seq, export.name_for(claim.workshop_id), export.media_type, content)
    await db.change(claim.workshop_id, keep_export, SYSTEM, claim, file)
