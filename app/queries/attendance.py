"""Whether the meeting is closed to observers now, and until when it was planned to be."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app import clock
from app.activities.day import minutes_of
from app.models import Activity, Round
from app.policy import Actor, Verdict, may_attend, observes
from app.queries.now import planned_end
from app.queries.step import agenda_of, workshop_row


def attendance(conn: Connection, workshop_id: str, actor: Actor) -> Verdict:
    """May this person be here now? Asked of the tables for observers alone."""
    closed = observes(actor) and closed_until(conn, workshop_id)
    return may_attend(actor, closed or None)


def closed_until(conn: Connection, workshop_id: str) -> datetime | None:
    """When observers may return as planned: after the item that runs, if it is closed to them, and
    after those closed ones that follow it. None while the meeting is open to them."""
    workshop = workshop_row(conn, workshop_id)
    items = agenda_of(conn, workshop_id)
    here = next((one for one in items if one.id == workshop.current_item_id), None)
    if here is None or not here.closed_to_observers:
        return None
    if here.finished_at is not None and not _still_voting(conn, here.id):
        return None
    until = planned_end(workshop, here)
    later = timedelta(minutes=minutes_of(_last_closed(items, here).end) - minutes_of(here.end))
    return (until or clock.now()) + later


def _still_voting(conn: Connection, item_id: str) -> bool:
    """Whether a round of the item was opened, although the item was noted as over."""
    found = select(Round.id).join(Activity, col(Activity.id) == col(Round.activity_id))
    running = col(Round.status).in_(("open", "closing"))
    return (
        conn.execute(found.where(Activity.agenda_item_id == item_id, running)).first() is not None
    )


def _last_closed(items: list[Any], here: Any) -> Any:
    last = here
    for item in items[items.index(here) + 1 :]:
        if item.day != here.day or not item.closed_to_observers:
            break
        last = item
    return last
