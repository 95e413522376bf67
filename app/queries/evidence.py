"""Evidence items under review."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.errors import NotFound
from app.models import EvidenceItem


def evidence(conn: Connection, workshop_id: str) -> list[Any]:
    """All items in their order."""
    return list(
        conn.execute(
            select(EvidenceItem)
            .where(EvidenceItem.workshop_id == workshop_id, col(EvidenceItem.removed_at).is_(None))
            .order_by(col(EvidenceItem.position), col(EvidenceItem.id))
        )
    )


def evidence_by_id(conn: Connection, workshop_id: str, ids: Sequence[str]) -> list[Any]:
    """These items in the order of the ids, or NotFound."""
    found = {item.id: item for item in evidence(conn, workshop_id)}
    if any(one not in found for one in ids):
        raise NotFound
    return [found[one] for one in ids]
