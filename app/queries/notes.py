"""Notes, as far as a viewer may read them."""

from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.errors import NotFound
from app.models import Note
from app.policy import Actor, may_write


def notes(conn: Connection, workshop_id: str, actor: Actor) -> list[Any]:
    """All notes for the writers, the released ones for everybody else; never who took them."""
    query: Any = select(
        Note, col(Note.agenda_item_id).label("item"), col(Note.group_id).label("group")
    ).where(Note.workshop_id == workshop_id)
    if not may_write(actor):
        query = query.where(col(Note.released).is_(True))
    return list(conn.execute(query.order_by(col(Note.at), col(Note.id))))


def note(conn: Connection, workshop_id: str, actor: Actor, note_id: str) -> Any:
    """One of them, or NotFound."""
    for found in notes(conn, workshop_id, actor):
        if found.id == note_id:
            return found
    raise NotFound
