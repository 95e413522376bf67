"""Activities with their options and rounds."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.errors import NotFound
from app.models import Activity, Option, Round


@dataclass(frozen=True)
class ActivityView:
    """One activity, the options it would give to its next round, and its rounds so far."""

    row: Any
    options: list[Any]
    rounds: list[Any]

    @property
    def id(self) -> str:
        return str(self.row.id)


def activities(conn: Connection, workshop_id: str) -> list[ActivityView]:
    """All activities of a workshop in their order."""
    rows = conn.execute(
        select(Activity)
        .where(Activity.workshop_id == workshop_id, col(Activity.removed_at).is_(None))
        .order_by(col(Activity.position), col(Activity.id))
    )
    return [_view(conn, row) for row in rows]


def activity(conn: Connection, workshop_id: str, activity_id: str) -> ActivityView:
    """One activity, or NotFound."""
    row = conn.execute(
        select(Activity).where(Activity.id == activity_id, Activity.workshop_id == workshop_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return _view(conn, row)


def _view(conn: Connection, row: Any) -> ActivityView:
    options = conn.execute(
        select(Option)
        .where(Option.activity_id == row.id, col(Option.withdrawn_at).is_(None))
        .order_by(col(Option.position), col(Option.id))
    )
    rounds = conn.execute(select(Round).where(Round.activity_id == row.id).order_by(col(Round.n)))
    return ActivityView(row, list(options), list(rounds))
