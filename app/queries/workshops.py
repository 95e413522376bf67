"""Workshops as those in them see them."""

from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.errors import NotFound
from app.models import LogLine, Round, Workshop
from app.policy import Actor
from app.queries.actors import organises


def workshop(conn: Connection, workshop_id: str) -> Any:
    """The workshop's row, or NotFound."""
    found = conn.execute(select(Workshop).where(Workshop.id == workshop_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def workshops(conn: Connection) -> list[Any]:
    """All workshops of this server, the newest first."""
    return list(
        conn.execute(select(Workshop).order_by(col(Workshop.created_at).desc(), col(Workshop.id)))
    )


def workshops_for(conn: Connection, actor: Actor) -> list[Any]:
    """All of them for the owner; for a maker those that list them as an organiser."""
    if actor.has("owner"):
        return workshops(conn)
    own = {person.workshop_id for person in organises(conn, actor.email, None)}
    return [one for one in workshops(conn) if one.id in own]


def workshop_by_code(conn: Connection, code: str) -> Any:
    """The workshop with this join code, or None."""
    return conn.execute(select(Workshop).where(Workshop.code == code)).one_or_none()


def open_rounds(conn: Connection, workshop_id: str) -> list[Any]:
    """Rounds that take ballots now, in the order of their opening."""
    return list(
        conn.execute(
            select(Round)
            .where(Round.workshop_id == workshop_id, col(Round.status).in_(("open", "closing")))
            .order_by(col(Round.opened_number))
        )
    )


def ended_number(conn: Connection, workshop_id: str) -> int | None:
    """The number with which the meeting ended, or None while it goes on."""
    return conn.execute(
        select(LogLine.number).where(
            LogLine.workshop_id == workshop_id, LogLine.kind == "workshop_ended"
        )
    ).scalar()


def find_workshop(conn: Connection, named: str) -> Any:
    """The workshop with this id or join code as a person typed it, or None."""
    code = "".join(ch for ch in named.upper() if ch.isalnum())
    return conn.execute(
        select(Workshop).where((col(Workshop.id) == named) | (col(Workshop.code) == code))
    ).first()
