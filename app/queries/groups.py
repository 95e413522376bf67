"""Breakout groups and how many are in them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, func, select

from app.errors import NotFound
from app.models import Group, Participant


def groups(conn: Connection, workshop_id: str) -> list[Any]:
    """All groups by name, each with the number of its `members`."""
    members = (
        select(func.count())
        .select_from(Participant)
        .where(Participant.group_id == Group.id)
        .scalar_subquery()
        .label("members")
    )
    return list(
        conn.execute(
            select(
                Group,
                col(Group.lead_id).label("lead"),
                col(Group.current_activity_id).label("activity"),
                members,
            )
            .where(Group.workshop_id == workshop_id)
            .order_by(col(Group.name), col(Group.id))
        )
    )


def groups_by_id(conn: Connection, workshop_id: str, ids: Sequence[str]) -> list[Any]:
    """These groups in the order of the ids, or NotFound."""
    found = {group.id: group for group in groups(conn, workshop_id)}
    if any(one not in found for one in ids):
        raise NotFound
    return [found[one] for one in ids]
