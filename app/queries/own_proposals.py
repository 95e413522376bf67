"""What one person put forward, as they alone see it."""

from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.models import Proposal, WordingVersion
from app.policy import Actor


def own_proposals(
    conn: Connection, workshop_id: str, actor: Actor, activity_id: str | None = None
) -> list[Any]:
    """One's own proposals in an activity, or in the whole meeting, the newest first."""
    if actor.participant_id is None:
        return []
    return list(
        conn.execute(
            select(Proposal, WordingVersion.text)
            .join(WordingVersion, col(WordingVersion.id) == col(Proposal.wording_version_id))
            .where(
                Proposal.workshop_id == workshop_id,
                Proposal.author_id == actor.participant_id,
                *([Proposal.activity_id == activity_id] if activity_id else []),
            )
            .order_by(col(Proposal.number).desc())
        )
    )
