"""Where activities stand on the agenda: in which item, in which order, and what goes with it."""

from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from app.actions.base import Tx, change
from app.errors import N_, Conflict
from app.models import Activity, Note, Round

ON_RECORD = N_("A note or a round of this item is on record: it stays on the agenda.")


def take_activities_along(tx: Tx, item_id: str) -> None:
    """An item that leaves the agenda takes its activities with it. Raises Conflict `has_records`
    where a round of one was opened, or a note was written."""
    noted = tx.conn.execute(select(Note.id).where(Note.agenda_item_id == item_id)).first()
    opened = tx.conn.execute(
        select(Round.id)
        .join(Activity, col(Activity.id) == col(Round.activity_id))
        .where(
            Activity.agenda_item_id == item_id,
            col(Activity.removed_at).is_(None),
            Round.status != "planned",
        )
    ).first()
    if noted or opened:
        raise Conflict("has_records", ON_RECORD)
    for activity in _standing(tx, item_id):
        change(tx, Activity, activity.id, removed_at=tx.now, version=activity.version + 1)
        tx.log("activity_removed", activity=activity.id)


def make_room(tx: Tx, activity: Any, position: int) -> None:
    """Let an activity stand at a position: the others from there on step back by one."""
    tx.conn.execute(
        update(Activity)
        .where(
            col(Activity.workshop_id) == tx.workshop_id,
            col(Activity.id) != activity.id,
            col(Activity.position) >= position,
        )
        .values(position=Activity.position + 1)
    )


def _standing(tx: Tx, item_id: str) -> list[Any]:
    return list(
        tx.conn.execute(
            select(Activity)
            .where(Activity.agenda_item_id == item_id, col(Activity.removed_at).is_(None))
            .order_by(col(Activity.position), col(Activity.id))
        )
    )
