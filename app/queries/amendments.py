"""Amendments that wait for the drafting group, row by row."""

from typing import Any

from sqlalchemy import Connection

from app.queries.matrix import matrix


def amendments(conn: Connection, workshop_id: str) -> dict[str, Any]:
    """The rows that somebody would have say something else, in the order of the draft."""
    whole = matrix(conn, workshop_id)
    rows = [*whole.wordings, *whole.cells]
    return {
        "amended_rows": [row for row in rows if row.amendments],
        "workshop_id": workshop_id,
    }
