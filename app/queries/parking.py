"""What is parked, and what became of it. Nobody's name is in it."""

from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.errors import NotFound
from app.models import AgendaItem, Parked


def parked(conn: Connection, workshop_id: str) -> list[Any]:
    """Everything that was parked, in its order, with the title of the item it came up at."""
    query: Any = (
        select(Parked, col(AgendaItem.title).label("item"))
        .join(AgendaItem, col(AgendaItem.id) == col(Parked.agenda_item_id), isouter=True)
        .where(Parked.workshop_id == workshop_id)
        .order_by(col(Parked.number))
    )
    return list(conn.execute(query))


def parked_by_id(conn: Connection, workshop_id: str, parked_id: str) -> Any:
    """One of them, or NotFound."""
    for one in parked(conn, workshop_id):
        if one.id == parked_id:
            return one
    raise NotFound
