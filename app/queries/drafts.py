"""Components and conclusions with the wording as it stands."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.errors import NotFound
from app.models import Component, Conclusion, WordingVersion

MODELS: dict[str, Any] = {"component": Component, "conclusion": Conclusion}


def drafts(conn: Connection, workshop_id: str, kind: str) -> list[Any]:
    """All components, or all conclusions, in their order; `text` and `n` of the wording beside
    each."""
    model = MODELS[kind]
    return list(
        conn.execute(
            select(model, col(WordingVersion.text), col(WordingVersion.n))
            .join(WordingVersion, col(WordingVersion.id) == model.wording_version_id)
            .where(model.workshop_id == workshop_id, model.removed_at.is_(None))
            .order_by(model.position, model.id)
        )
    )


def drafts_by_id(conn: Connection, workshop_id: str, kind: str, ids: Sequence[str]) -> list[Any]:
    """These of them in the order of the ids, or NotFound."""
    found = {draft.id: draft for draft in drafts(conn, workshop_id, kind)}
    if any(one not in found for one in ids):
        raise NotFound
    return [found[one] for one in ids]
