"""Where the meeting is: item, activity and round before the room. It follows the facilitator."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.activities import EXERCISES, Exercise
from app.errors import NotFound
from app.models import Activity, AgendaItem, Group, Workshop
from app.queries.rounds import rounds_of_activity


@dataclass(frozen=True)
class Step:
    """The present step. `round` is the activity's open round, else its last opened, else the
    one planned; `rounds` are all of them. `group` is the group whose step it is, if it works
    apart."""

    workshop: Any
    item: Any
    next_item: Any
    activities: list[Any]
    activity: Any
    exercise: Exercise | None
    rounds: list[Any]
    round: Any
    group: Any = None


def workshop_row(conn: Connection, workshop_id: str) -> Any:
    """The workshop, or NotFound."""
    found = conn.execute(select(Workshop).where(Workshop.id == workshop_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def step_now(conn: Connection, workshop_id: str, group_id: str | None = None) -> Step:
    """Item, activity and round that the meeting is at: a group's own while it works apart."""
    workshop = workshop_row(conn, workshop_id)
    items = agenda_of(conn, workshop_id)
    here = next((n for n, item in enumerate(items) if item.id == workshop.current_item_id), None)
    item = items[here] if here is not None else None
    ahead = items[here + 1 :] if here is not None else items
    activities = activities_of_item(conn, workshop_id, item.id) if item else []
    group = group_apart(conn, workshop_id, group_id)
    activity = _activity(conn, group or workshop, workshop_id)
    rounds = rounds_of_activity(conn, activity.id) if activity else []
    return Step(
        workshop=workshop,
        item=item,
        next_item=ahead[0] if ahead else None,
        activities=activities,
        activity=activity,
        exercise=EXERCISES.get(activity.type) if activity else None,
        rounds=rounds,
        round=_present_round(rounds),
        group=group,
    )


def agenda_of(conn: Connection, workshop_id: str) -> list[Any]:
    """The agenda in its order: by day, planned start, position."""
    return list(
        conn.execute(
            select(AgendaItem)
            .where(AgendaItem.workshop_id == workshop_id, col(AgendaItem.removed_at).is_(None))
            .order_by(
                col(AgendaItem.day),
                col(AgendaItem.start),
                col(AgendaItem.position),
                col(AgendaItem.id),
            )
        )
    )


def activities_of_item(conn: Connection, workshop_id: str, item_id: str | None) -> list[Any]:
    """The activities of one agenda item in their order, but for those that a group has for
    itself."""
    return list(
        conn.execute(
            select(Activity)
            .where(
                Activity.workshop_id == workshop_id,
                Activity.agenda_item_id == item_id,
                col(Activity.group_id).is_(None),
                col(Activity.removed_at).is_(None),
            )
            .order_by(col(Activity.position), col(Activity.id))
        )
    )


def group_apart(conn: Connection, workshop_id: str, group_id: str | None) -> Any:
    """The group, if it works apart from the plenary now."""
    if group_id is None:
        return None
    return conn.execute(
        select(Group).where(
            Group.id == group_id,
            Group.workshop_id == workshop_id,
            col(Group.current_activity_id).is_not(None),
        )
    ).one_or_none()


def _activity(conn: Connection, place: Any, workshop_id: str) -> Any:
    return conn.execute(
        select(Activity).where(
            Activity.id == place.current_activity_id, Activity.workshop_id == workshop_id
        )
    ).one_or_none()


def _present_round(rounds: list[Any]) -> Any:
    for status in (("open", "closing"), ("closed", "sealed"), ("planned",)):
        found = [round_ for round_ in rounds if round_.status in status]
        if found:
            return found[-1] if status != ("planned",) else found[0]
    return None
