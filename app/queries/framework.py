"""The framework at the desk: components with the areas under them, conclusions, definitions, and
how the wording of each came to what it is."""

from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.models import WordingVersion
from app.queries.cockpit import against, chairs
from app.queries.matrix import Row, matrix
from app.queries.step import workshop_row


def framework(conn: Connection, workshop_id: str) -> dict[str, Any]:
    """Everything that stands for itself, as everybody at the desk may know it."""
    whole = matrix(conn, workshop_id)
    return {
        "whole": whole,
        "before": _versions_before(conn, workshop_id, whole.wordings),
        "chairs": chairs(conn, workshop_id),
        "against": against,
        "on_screen": workshop_row(conn, workshop_id).screen.get("row"),
        "workshop_id": workshop_id,
    }


def _versions_before(conn: Connection, workshop_id: str, rows: list[Row]) -> dict[str, list[Any]]:
    """Row id to the earlier versions of its wording, first to last."""
    present = {row.id: row.wording.n for row in rows}
    found: dict[str, list[Any]] = {row_id: [] for row_id in present}
    for version in conn.execute(
        select(WordingVersion)
        .where(
            WordingVersion.workshop_id == workshop_id,
            col(WordingVersion.subject_kind) != "proposal",
        )
        .order_by(col(WordingVersion.n))
    ):
        if version.n < present.get(version.subject_id, 0):
            found[version.subject_id].append(version)
    return found
