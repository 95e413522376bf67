"""Sealing closed secret rounds: repeatable, and done when nothing tells the order of voting."""

import logging

from sqlalchemy import Connection
from sqlmodel import col, select

from app.actions.sealing import begin_sealing, put_off_sealing, seal_round
from app.db import Database
from app.models import Round, Sealing
from app.policy import SYSTEM

log = logging.getLogger(__name__)

# The staging table and the register's marks (design law 12), and the keys that came beside them.
SWEPT = ("staged_ballot", "register_mark", "staged_key")


async def seal(db: Database, workshop_id: str, round_id: str) -> bool:
    """Remove the traces of a closed secret round, outside any transaction; whether it is sealed.

    A process that dies in the middle leaves the task to the next one, from its beginning.
    """
    begun = await db.change(workshop_id, begin_sealing, SYSTEM, round_id)
    if not begun.id:
        return False
    if not await db.sweep(SWEPT, begun.id):
        log.info("round %s is not sealed yet: a reader needs the old pages", round_id)
        await db.change(workshop_id, put_off_sealing, SYSTEM, round_id)
        return False
    await db.change(workshop_id, seal_round, SYSTEM, round_id)
    return True


def unsealed_rounds(conn: Connection) -> list[tuple[str, str]]:
    """Secret rounds that are closed and not sealed."""
    rows = conn.execute(
        select(Round.workshop_id, Round.id)
        .join(Sealing, col(Sealing.round_id) == col(Round.id))
        .where(Round.status == "closed", Round.secrecy == "secret")
    )
    return [(row.workshop_id, row.id) for row in rows]
