"""A ballot sent for somebody else: for whom it may be, and the very form they would see."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, or_
from sqlmodel import col, select

from app.errors import N_, NotFound, Refused
from app.models import Group, Participant, RegisterEntry
from app.policy import Actor, casts_as_proxy, may_cast_for, require
from app.queries.exercise import ExerciseView, exercise_for
from app.queries.heads import heads_besides
from app.queries.polls import bodies_by_entry
from app.queries.step import step_now
from app.queries.turnout import OPEN

SECRET = N_(
    "This round is secret: nobody can enter a ballot for somebody else. Whoever’s device failed "
    "opens their personal link on another one."
)
NO_ROUND = N_("No round is open for this person.")
IN_ALREADY = N_(
    "An answer of “{label}” is in already. They can change it on a device of their own."
)
NAMED = ("named", "delegation")  # where it is shown who has answered


@dataclass(frozen=True)
class Enterable:
    """An open round, and those whose ballot may be entered: who is in its register and not in yet.
    Where who has answered is not shown, all of the register stand here. Nobody in a secret one."""

    round: Any
    secret: bool
    people: list[Any]


def enterable(conn: Connection, workshop_id: str) -> list[Enterable]:
    """The rounds before the plenary and before groups that work apart."""
    groups = conn.execute(select(Group.id).where(Group.workshop_id == workshop_id)).scalars()
    steps = [step_now(conn, workshop_id, group) for group in (None, *groups.all())]
    rounds = {s.round.id: s.round for s in steps if s.round and s.round.status in OPEN}
    return [
        Enterable(
            one, one.secrecy == "secret", [] if one.secrecy == "secret" else _people(conn, one)
        )
        for one in rounds.values()
    ]


def _people(conn: Connection, round_: Any) -> list[Any]:
    shown = round_.secrecy in NAMED
    answered = bodies_by_entry(conn, round_) if shown else {}
    rows: Any = conn.execute(
        select(Participant, col(RegisterEntry.id).label("entry"), RegisterEntry.participant_id)
        .join(
            RegisterEntry,
            or_(
                col(RegisterEntry.participant_id) == col(Participant.id),
                col(RegisterEntry.delegation_id) == col(Participant.delegation_id),
            ),
        )
        .where(RegisterEntry.round_id == round_.id, col(Participant.left_at).is_(None))
        .order_by(col(Participant.position), col(Participant.label))
    )
    return [
        row
        for row in rows
        if row.entry not in answered
        and _speaks(round_, row)
        and (row.participant_id == row.id or not heads_besides(conn, round_, row))
    ]


def _speaks(round_: Any, row: Any) -> bool:
    """A delegation's aide who does not vote casts nothing for it."""
    if row.participant_id == row.id:
        return True
    voting = "participant" in row.roles
    return voting and (round_.unit == "delegation" or row.capacity == "state_representative")


def form_for(conn: Connection, workshop_id: str, actor: Actor, person_id: str) -> ExerciseView:
    """The form that stands before this person now, for whoever sends it in their name: without
    what they answered before, in this round or an earlier one. A proxy sees what they cast.

    Raises Refused `secret`, `not_open` or `already_in`, and what the policy says against it.
    """
    row = conn.execute(
        select(Participant).where(
            Participant.id == person_id, Participant.workshop_id == workshop_id
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    view = exercise_for(conn, workshop_id, _as_actor(workshop_id, row))
    if view.round is None or view.round.row.status not in OPEN:
        raise Refused("not_open", NO_ROUND)
    own = view.round.own
    if view.round.row.secrecy == "secret":
        raise Refused("secret", SECRET)
    require(may_cast_for(actor, own))
    if own is None:
        raise Refused("not_open", NO_ROUND)
    mine = casts_as_proxy(actor, own)
    if view.answers and not mine and view.round.row.secrecy in NAMED:
        raise Refused("already_in", IN_ALREADY, label=row.label)
    found = replace(
        view,
        sets=[one for one in view.sets if one.body is None],
        round=replace(view.round, may_vote=may_cast_for(actor, own)),
        earlier={},
        before={},
        reasons={},
        delphi=None,
        feedback={},
        entered_for=row.label,
    )
    return found if mine else replace(found, answers={}, revision=0, revisions={})


def _as_actor(workshop_id: str, row: Any) -> Actor:
    return Actor(
        workshop_id=workshop_id,
        participant_id=row.id,
        roles=frozenset(row.roles),
        label=row.label,
        capacity=row.capacity,
        delegation_id=row.delegation_id,
        regions=tuple(row.regions),
        group_id=row.group_id,
    )
