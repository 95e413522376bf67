"""The agenda's items one by one; as a whole it is `queries.step.agenda_of`."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from app.errors import NotFound
from app.queries.step import agenda_of


def items_by_id(conn: Connection, workshop_id: str, ids: Sequence[str]) -> list[Any]:
    """These items in the order of the ids. NotFound if one of them is not on the agenda."""
    found = {item.id: item for item in agenda_of(conn, workshop_id)}
    if any(one not in found for one in ids):
        raise NotFound
    return [found[one] for one in ids]
