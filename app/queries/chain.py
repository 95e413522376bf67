"""Whether every workshop's log is whole: gapless, linked, and ending where the workshop says."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.db import first_link, link
from app.models import LogLine, Workshop


@dataclass(frozen=True)
class Break:
    """The first number of a workshop's log that does not follow from the one before it."""

    workshop_id: str
    number: int


def breaks(conn: Connection) -> list[Break]:
    """Where logs are broken; nothing if all are whole."""
    found = (_first_break(conn, workshop) for workshop in conn.execute(select(Workshop)).all())
    return [broken for broken in found if broken]


def _first_break(conn: Connection, workshop: Any) -> Break | None:
    head, number = first_link(workshop.id, workshop.salt), 0
    lines = conn.execute(
        select(LogLine)
        .where(LogLine.workshop_id == workshop.id)
        .order_by(col(LogLine.number))
        .execution_options(yield_per=1000)
    )
    for line in lines:
        head = link(head, body_of(line))
        number += 1
        if line.number != number or line.hash != head.hex():
            return Break(workshop.id, number)
    if (number, head.hex()) != (workshop.seq, workshop.head):
        return Break(workshop.id, number + 1)
    return None


def body_of(line: Any) -> dict[str, Any]:
    """What of a line is chained."""
    return {
        "at": line.at, "ids": line.ids, "kind": line.kind, "n": line.number, "salted": line.salted,
    }  # fmt: skip
