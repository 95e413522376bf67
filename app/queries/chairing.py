"""What the chair rules by: the row on the floor with its possible rulings, the rows that wait."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from app.activities.rulings import against_ruling
from app.queries.cockpit import flagged
from app.queries.day import lateness
from app.queries.decisions import UNREAD, put_to_the_room

RULINGS = ("consensus", "no_objection", "with_reservations", "not_agreed")


@dataclass(frozen=True)
class Ruling:
    """One of the four rulings on a row; `why_not` is a msgid where it can't be recorded."""

    ruling: str
    why_not: str | None


def before_the_chair(conn: Connection, workshop_id: str) -> dict[str, Any]:
    """The rows before the chair, the one on the floor apart from those that wait, and the time."""
    found = flagged(conn, workshop_id)
    step, whole = found["step"], found["whole"]
    focus = step.activity.focus if found["agreeing"] else None
    rows = [*whole.cells, *whole.wordings]
    on_floor = next((row for row in rows if row.id == focus), None)
    read = put_to_the_room(conn, workshop_id)
    return {
        **found,
        "on_floor": on_floor,
        "rulings": rulings(on_floor, read) if on_floor else [],
        "waiting": [row for row in found["flagged"] if row is not on_floor],
        "read": read,
        "lateness": lateness(conn, workshop_id),
    }


def rulings(row: Any, read: bool) -> list[Ruling]:
    """The four of them for one row, each with what stands against it."""
    standing = {flag.flag for flag in row.flags if not flag.taken_up}
    return [Ruling(one, _why_not(standing, one, read)) for one in RULINGS]


def _why_not(standing: set[str], ruling: str, read: bool) -> str | None:
    if not read and ruling != "not_agreed":
        return UNREAD
    why = against_ruling(standing, ruling)
    return why[1] if why else None
