"""Proposals as a list of them names things: by the organiser's own ids."""

from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.models import Component, Participant, Proposal, WordingVersion


def listed_proposals(conn: Connection, workshop_id: str) -> list[Any]:
    """Each proposal's row with its `text` and the own ids of its `author`, `area`, `component`."""
    area = aliased(Proposal)
    columns: list[Any] = [
        Proposal,
        WordingVersion.text,
        col(Participant.own_key).label("author"),
        col(area.own_key).label("area"),
        col(Component.own_key).label("component"),
    ]
    query: Any = (
        select(*columns)
        .join(WordingVersion, col(WordingVersion.id) == col(Proposal.wording_version_id))
        .join(Participant, col(Participant.id) == col(Proposal.author_id), isouter=True)
        .join(area, col(area.id) == col(Proposal.area_id), isouter=True)
        .join(Component, col(Component.id) == col(Proposal.component_id), isouter=True)
        .where(Proposal.workshop_id == workshop_id)
        .order_by(col(Proposal.position), col(Proposal.id))
    )
    return list(conn.execute(query))
