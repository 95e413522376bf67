"""Breakout groups."""

from collections.abc import Sequence

from sqlmodel import func, select

from app.actions.base import Done, Tx, add, change, clean, expect_version, load
from app.errors import N_, Conflict
from app.models import Group
from app.policy import Actor, may_facilitate, require

TAKEN = N_("There is a group “{name}” already.")


def add_groups(tx: Tx, actor: Actor, names: Sequence[str]) -> Done:
    """Make breakout groups; people are put into them by their `group`."""
    require(may_facilitate(actor))
    ids = []
    for name in names:
        group_id = add(tx, Group(workshop_id=tx.workshop_id, name=_free(tx, name)))
        tx.log("group_added", group=group_id)
        ids.append(group_id)
    return Done(" ".join(ids), tx.seq)


def rename_group(tx: Tx, actor: Actor, group_id: str, version: int | None, name: str) -> Done:
    """Give a group another name."""
    require(may_facilitate(actor))
    now = load(tx, Group, group_id)
    expect_version(now, version, {"name": now.name})
    change(tx, Group, group_id, name=_free(tx, name, but=group_id), version=now.version + 1)
    return Done(group_id, tx.log("group_changed", group=group_id))


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
