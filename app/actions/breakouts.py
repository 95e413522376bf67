"""Working in groups: an activity given to each of them, and everybody called back."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col, select

from app.actions.base import Done, Tx, add, change, load
from app.actions.options import refuse_while_open
from app.actions.silence import end_of_silence
from app.errors import N_, Conflict, Refused
from app.models import Activity, Group, Option, Participant, Round
from app.policy import Actor, may_facilitate, require

NOBODY_THERE = N_("No group has a member who votes. Put people into groups first.")
OF_A_GROUP = N_("This activity is a group’s own. Give the plenary’s activity to the groups.")
BEGINS_AT = {"propose": "writing", "cluster": "running", "matrix": "running"}
STILL_OPEN = N_("“{name}” still has a round open. Close it first, or let the group finish.")


def give_to_groups(
    tx: Tx, actor: Actor, activity_id: str, areas: Mapping[str, Sequence[str]]
) -> Done:
    """Give an activity to every group with voters: each works on one of its own from now on.

    `areas` names for a group the priority areas given out to it: it answers those options, or the
    options under them; a group that is not named answers all. Groups that had it go on with theirs.
    Raises Refused `no_members`, `groups_own` for what is a group's already, and NotFound.
    """
    require(may_facilitate(actor))
    activity = load(tx, Activity, activity_id)
    if activity.group_id:
        raise Refused("groups_own", OF_A_GROUP)
    for group_id in areas:
        load(tx, Group, group_id)
    groups = _with_voters(tx)
    if not groups:
        raise Refused("no_members", NOBODY_THERE)
    refuse_while_open(tx, activity_id)
    given = [_give(tx, activity, group, areas.get(group.id)) for group in groups]
    return Done(" ".join(given), tx.seq)


def _give(tx: Tx, activity: Any, group: Any, areas: Sequence[str] | None) -> str:
    had = tx.conn.execute(
        select(Activity.id).where(
            Activity.given_from_id == activity.id,
            Activity.group_id == group.id,
            col(Activity.removed_at).is_(None),
        )
    ).scalar_one_or_none()
    own = had or _copy(tx, activity, group, areas)
    change(tx, Group, group.id, current_activity_id=own)
    return own


def _copy(tx: Tx, activity: Any, group: Any, areas: Sequence[str] | None) -> str:
    stage = BEGINS_AT.get(activity.type, "planned")
    own = Activity(
        workshop_id=tx.workshop_id,
        agenda_item_id=activity.agenda_item_id,
        group_id=group.id,
        given_from_id=activity.id,
        type=activity.type,
        title=activity.title,
        settings=activity.settings,
        stage=stage,
        reveals_at=end_of_silence(tx, activity.settings, stage),
        position=activity.position,
    )
    add(tx, own)
    _copy_options(tx, activity.id, own.id, areas)
    tx.log("activity_given", activity=own.id, group=group.id)
    return own.id


def _copy_options(tx: Tx, source: str, target: str, areas: Sequence[str] | None) -> None:
    options = tx.conn.execute(
        select(Option)
        .where(Option.activity_id == source, col(Option.withdrawn_at).is_(None))
        .order_by(col(Option.position), col(Option.id))
    ).all()
    for option in options:
        if areas is not None and not {option.id, option.area_id} & set(areas):
            continue
        # It keeps its id: what the groups say of one thing can be laid side by side.
        add(tx, Option(**{**option._asdict(), "activity_id": target}))


def _with_voters(tx: Tx) -> list[Any]:
    people = tx.conn.execute(
        select(Participant).where(
            Participant.workshop_id == tx.workshop_id, col(Participant.group_id).is_not(None)
        )
    )
    voting = {person.group_id for person in people if "participant" in person.roles}
    groups = tx.conn.execute(
        select(Group).where(Group.workshop_id == tx.workshop_id).order_by(col(Group.name))
    )
    return [group for group in groups if group.id in voting]


def call_back(tx: Tx, actor: Actor, group_id: str | None = None) -> Done:
    """Bring one group, or all of them, back into the plenary. Raises Conflict `group_votes` while a
    round of theirs is open: nobody's answer is cut off by a walk across the corridor."""
    require(may_facilitate(actor))
    apart = select(Group).where(
        Group.workshop_id == tx.workshop_id, col(Group.current_activity_id).is_not(None)
    )
    if group_id is not None:
        apart = apart.where(Group.id == load(tx, Group, group_id).id)
    groups = tx.conn.execute(apart.order_by(col(Group.name))).all()
    for group in groups:
        _refuse_while_voting(tx, group)
    for group in groups:
        change(tx, Group, group.id, current_activity_id=None)
        tx.log("group_called_back", group=group.id)
    return Done(" ".join(group.id for group in groups), tx.seq)


def _refuse_while_voting(tx: Tx, group: Any) -> None:
    voting = tx.conn.execute(
        select(Round.id)
        .join(Activity, col(Activity.id) == col(Round.activity_id))
        .where(Activity.group_id == group.id, col(Round.status).in_(("open", "closing")))
    ).first()
    if voting:
        raise Conflict("group_votes", STILL_OPEN, name=group.name)
