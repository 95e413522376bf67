"""What a person keeps for themselves, as they alone read it."""

from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.models import PrivateNote
from app.policy import Actor


def own_notes(conn: Connection, workshop_id: str, actor: Actor) -> list[Any]:
    """One's own private notes, the newest first; a role without a person has none."""
    if actor.participant_id is None:
        return []
    return list(
        conn.execute(
            select(PrivateNote)
            .where(
                PrivateNote.workshop_id == workshop_id,
                PrivateNote.participant_id == actor.participant_id,
            )
            .order_by(col(PrivateNote.at).desc(), col(PrivateNote.id))
        )
    )
