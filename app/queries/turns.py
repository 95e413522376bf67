"""Whose turn it is to read out one of theirs, in a group that works apart or in the plenary.

Those who run it call people by their names. Everybody else sees whoever is in turn as the
attribution rule shows an author.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.activities.turns import Turns
from app.models import Activity, Participant
from app.policy import Actor
from app.queries.attribution import HIDDEN, Attribution, Author, authors, shown_as
from app.queries.step import step_now, workshop_row

READ_OUT_IN = ("writing", "revealed")


@dataclass(frozen=True)
class InTurn:
    """A round robin: those still in it, the one whose turn it is first. `now` and `then` are that
    one and the next as the viewer may know them; `place` is the viewer's own, 0 for none."""

    activity_id: str
    n: int
    people: list[Author]
    now: Attribution = HIDDEN
    then: Attribution = HIDDEN
    place: int = 0


def people_here(conn: Connection, activity: Any) -> list[str]:
    """Who of the activity's group, or of the plenary, votes and is here, in the list's order."""
    rows = conn.execute(
        select(Participant)
        .where(
            Participant.workshop_id == activity.workshop_id,
            col(Participant.arrived_at).is_not(None),
            col(Participant.left_at).is_(None),
            *([Participant.group_id == activity.group_id] if activity.group_id else []),
        )
        .order_by(col(Participant.position), col(Participant.label))
    )
    return [row.id for row in rows if "participant" in row.roles]


def turns_of(conn: Connection, activity: Any) -> Turns:
    """The activity's round robin, of those who are still here."""
    turns = Turns.of(activity.turns)
    return turns.among(people_here(conn, activity)) if turns.begun else turns


def in_turn(conn: Connection, activity: Any, viewer: Actor | None = None) -> InTurn | None:
    """The round robin as a viewer sees it (None: everybody); None where none runs."""
    if activity is None or activity.stage not in READ_OUT_IN or not activity.turns:
        return None
    turns = turns_of(conn, activity)
    known = authors(conn, activity.workshop_id)
    people = [known[one] for one in turns.waiting]
    rule = workshop_row(conn, activity.workshop_id).attribution
    seen = [shown_as(one, viewer, rule) for one in people[:2]]
    own = viewer.participant_id if viewer else None
    place = next((n for n, one in enumerate(people, 1) if one.id == own), 0)
    now, then = [*seen, HIDDEN, HIDDEN][:2]
    return InTurn(activity.id, turns.n, people, now, then, place)


def turns_led(conn: Connection, workshop_id: str, group: str | None) -> dict[str, Any]:
    """The round robin before those who run it, and whether one could begin."""
    step = step_now(conn, workshop_id, group)
    possible = step.activity is not None and step.activity.type == "propose"
    return {
        "step": step,
        "could": possible and step.activity.stage in READ_OUT_IN,
        "turns": in_turn(conn, step.activity) if possible else None,
    }


def own_turn(conn: Connection, workshop_id: str, actor: Actor) -> InTurn | None:
    """The round robin before this person."""
    return in_turn(conn, step_now(conn, workshop_id, actor.group_id).activity, actor)


def turns_at(conn: Connection, workshop_id: str, activity_id: str) -> InTurn | None:
    """The round robin of one activity."""
    row = conn.execute(
        select(Activity).where(Activity.id == activity_id, Activity.workshop_id == workshop_id)
    ).one_or_none()
    return in_turn(conn, row)
