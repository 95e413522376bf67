"""Breakout groups: who they are, who leads them, who is in them."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, func, select

from app.actions.base import Done, Tx, add, change, clean, expect_version, load
from app.analysis.seating import Seat, seated
from app.errors import N_, Conflict, Refused
from app.models import Group, Participant
from app.policy import Actor, may_facilitate, require

TAKEN = N_("There is a group “{name}” already.")
NOT_ONE_OF_THEM = N_("A group is led by one of its own members: put this person into it first.")
NO_GROUPS = N_("There are no groups yet. Add them first.")


def add_groups(tx: Tx, actor: Actor, names: Sequence[str]) -> Done:
    """Make breakout groups; people are put into them by their `group`."""
    require(may_facilitate(actor))
    ids = []
    for name in names:
        group_id = add(tx, Group(workshop_id=tx.workshop_id, name=_free(tx, name)))
        tx.log("group_added", group=group_id)
        ids.append(group_id)
    return Done(" ".join(ids), tx.seq)


def change_group(
    tx: Tx, actor: Actor, group_id: str, version: int | None, fields: dict[str, Any]
) -> Done:
    """Give a group another name, or a lead: one of its members, or nobody (None)."""
    require(may_facilitate(actor))
    now = load(tx, Group, group_id)
    expect_version(now, version, {"name": now.name, "lead": now.lead_id})
    values: dict[str, Any] = {}
    if "name" in fields:
        values["name"] = _free(tx, fields["name"], but=group_id)
    if "lead" in fields:
        values["lead_id"] = _one_of_them(tx, group_id, fields["lead"] or None)
    change(tx, Group, group_id, **values, version=now.version + 1)
    return Done(group_id, tx.log("group_changed", group=group_id))


def _one_of_them(tx: Tx, group_id: str, participant_id: str | None) -> str | None:
    if participant_id is None:
        return None
    if load(tx, Participant, participant_id).group_id != group_id:
        raise Refused("not_a_member", NOT_ONE_OF_THEM, field="lead")
    return participant_id


def seat_people(tx: Tx, actor: Actor, *, everybody: bool = False) -> Done:
    """Put those without a group, or everybody, into the groups so that every group has of each
    region and capacity as nearly as many as the others."""
    require(may_facilitate(actor))
    groups = tx.conn.execute(
        select(Group.id).where(Group.workshop_id == tx.workshop_id).order_by(col(Group.name))
    ).scalars()
    people = tx.conn.execute(
        select(Participant)
        .where(Participant.workshop_id == tx.workshop_id)
        .order_by(col(Participant.position), col(Participant.id))
    ).all()
    voters = [person for person in people if "participant" in person.roles]
    if not (places := list(groups)):
        raise Refused("no_groups", NO_GROUPS)
    leads = set(tx.conn.execute(select(Group.lead_id).where(col(Group.id).in_(places))).scalars())
    seats = [
        Seat(
            person.id, tuple(sorted(person.regions)), person.capacity,
            None if everybody and person.id not in leads else person.group_id,
        )
        for person in voters
    ]  # fmt: skip
    version = {person.id: person.version for person in voters}
    before = {person.id: person.group_id for person in voters}
    for person_id, group_id in seated(seats, places).items():
        if before[person_id] != group_id:
            change(tx, Participant, person_id, group_id=group_id, version=version[person_id] + 1)
            tx.log("participant_changed", participant=person_id)
    return Done(" ".join(places), tx.seq)


def _free(tx: Tx, given: str, but: str = "") -> str:
    name = clean(given, "name", limit=200, name=True)
    twin = tx.conn.execute(
        select(Group.id).where(
            Group.workshop_id == tx.workshop_id,
            func.lower(Group.name) == name.lower(),
            Group.id != but,
        )
    ).first()
    if twin:
        raise Conflict("name_taken", TAKEN, field="name", name=name)
    return name
