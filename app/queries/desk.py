"""What the desk lays out: the matrix as grid and long table, the last lines of the record."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.policy import MODERATOR
from app.queries.kept import kept_without_row
from app.queries.matrix import matrix
from app.queries.misreadings import misread
from app.queries.proposals import components, proposals
from app.queries.record import record
from app.queries.sifting import EVERYTHING
from app.queries.step import workshop_row

LEVELS = ("local", "national", "regional", "international", "global")
LINES = 200


def grid(conn: Connection, workshop_id: str) -> dict[str, Any]:
    """The matrix with its levels of action, from near to far."""
    whole = matrix(conn, workshop_id)
    used = dict.fromkeys(cell.values["level"] for cell in whole.cells)
    known = [level for level in LEVELS if level in used]
    return {
        "whole": whole,
        "levels": [*known, *(level for level in used if level not in LEVELS)] or [""],
        "sieve": EVERYTHING,
        "kept": kept_without_row(conn, workshop_id),
        "workshop_id": workshop_id,
    }


def wordings(conn: Connection, workshop_id: str) -> dict[str, Any]:
    """Every proposal for those who moderate; `open` are those that everybody may see."""
    return {
        "everything": proposals(conn, workshop_id, MODERATOR),
        "open": {one.id for one in proposals(conn, workshop_id, None)},
        "components": components(conn, workshop_id),
        "misread": misread(conn, workshop_id, None),
        "workshop_id": workshop_id,
    }


def last_lines(conn: Connection, workshop_id: str) -> dict[str, Any]:
    """The end of the log as sentences, the newest first."""
    workshop = workshop_row(conn, workshop_id)
    lines = record(conn, workshop_id, after=max(0, workshop.seq - LINES))
    shown = [
        {
            "number": line.number,
            "sentence": line.sentence,
            "moment": datetime.fromisoformat(line.at),
        }
        for line in reversed(lines)
    ]
    return {"lines": shown, "zone": workshop.time_zone}
