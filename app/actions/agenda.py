"""The agenda: items laid, changed, started and finished. Planned and actual times stand apart."""

import re
from collections.abc import Sequence
from typing import Any

from sqlmodel import col, func, select

from app.actions.agenda_places import take_activities_along
from app.actions.base import Done, Tx, add, change, clean, expect_version, load, meeting
from app.actions.floor import end_turn
from app.errors import N_, Conflict, Refused
from app.models import Activity, AgendaItem, Workshop
from app.models.workshop import ITEM_KINDS, SETTINGS
from app.policy import Actor, may_facilitate, may_organise, require

CLOCK_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
BAD_TIME = N_("“{value}” is not a time of day. Write it as 09:30.")
END_FIRST = N_("An item can't end before it starts.")
NOT_ONE_OF = N_("“{value}” is not one of: {allowed}.")
WORDS = {"kind": ITEM_KINDS, "setting": SETTINGS}


def add_items(tx: Tx, actor: Actor, items: Sequence[dict[str, Any]]) -> Done:
    """Lay agenda items; their days and times put them in order."""
    require(may_organise(actor))
    ids = [add_item(tx, fields) for fields in items]
    return Done(" ".join(ids), tx.seq)


def add_item(tx: Tx, fields: dict[str, Any]) -> str:
    """Lay one item; returns its id."""
    item = AgendaItem(
        workshop_id=tx.workshop_id, position=_next_position(tx), **checked_item(fields, None)
    )
    add(tx, item)
    tx.log("item_added", item=item.id)
    return item.id


def change_item(
    tx: Tx, actor: Actor, item_id: str, version: int | None, fields: dict[str, Any]
) -> Done:
    """Change an item's plan, also while the meeting runs."""
    require(may_organise(actor))
    now = load_item(tx, item_id)
    values = checked_item(fields, now)
    expect_version(now, version, {name: getattr(now, name) for name in values})
    change(tx, AgendaItem, item_id, **values, version=now.version + 1)
    return Done(item_id, tx.log("item_changed", item=item_id, fields=sorted(values)))


def remove_item(tx: Tx, actor: Actor, item_id: str) -> Done:
    """Take an item off the agenda with its activities. One that was started, and one with a note
    or an opened round, stays: it is on record."""
    require(may_organise(actor))
    now = load_item(tx, item_id)
    if now.started_at:
        raise Conflict("started", N_("This item has been started and stays on the agenda."))
    take_activities_along(tx, item_id)
    change(tx, AgendaItem, item_id, removed_at=tx.now, version=now.version + 1)
    return Done(item_id, tx.log("item_removed", item=item_id))


def start_item(tx: Tx, actor: Actor, item_id: str) -> Done:
    """Go to an item: the meeting is there now, whatever the clock says, and the item before it is
    over. Its first start counts as the actual one."""
    require(may_facilitate(actor))
    item = load_item(tx, item_id)
    before = meeting(tx).current_item_id
    if before and before != item_id:
        finish_item(tx, actor, before)
        end_turn(tx)
    started = {} if item.started_at else {"started_at": tx.now}
    change(tx, AgendaItem, item_id, **started, finished_at=None, version=item.version + 1)
    _go_to(tx, item)
    return Done(item_id, tx.log("item_started", item=item_id))


def finish_item(tx: Tx, actor: Actor, item_id: str) -> Done:
    """Note that an item is over."""
    require(may_facilitate(actor))
    item = load_item(tx, item_id)
    if item.finished_at:
        return Done(item_id)
    started = {} if item.started_at else {"started_at": tx.now}
    change(tx, AgendaItem, item_id, **started, finished_at=tx.now, version=item.version + 1)
    return Done(item_id, tx.log("item_finished", item=item_id))


def load_item(tx: Tx, item_id: str | None) -> Any:
    """An item that is still on the agenda, or NotFound."""
    item = load(tx, AgendaItem, item_id)
    if item.removed_at:
        return load(tx, AgendaItem, None)
    return item


def _go_to(tx: Tx, item: Any) -> None:
    """Room and big screen follow: to the item's first activity; in a break, to how to join."""
    first = tx.conn.execute(
        select(Activity.id)
        .where(Activity.agenda_item_id == item.id, col(Activity.removed_at).is_(None))
        .order_by(col(Activity.position), col(Activity.id))
    ).first()
    now = meeting(tx)
    change(
        tx,
        Workshop,
        tx.workshop_id,
        current_item_id=item.id,
        current_activity_id=first[0] if first else None,
        screen=on_screen_at(item),
        version=now.version + 1,
    )


def on_screen_at(item: Any) -> dict[str, Any]:
    """What the big screen shows when the meeting comes to an item: in a break, how to join."""
    return {"show": "join"} if item.kind == "break" else {"show": "item", "item": item.id}


def checked_item(fields: dict[str, Any], now: Any) -> dict[str, Any]:
    """The columns for these fields; `now` is the item's row where there is one already."""
    values = dict(fields)
    if "title" in fields or now is None:
        values["title"] = clean(fields.get("title"), "title", limit=500)
    if "lead" in fields:
        values["lead"] = clean(fields["lead"], "lead", limit=200, required=False)
    for name in ("start", "end"):
        if name in fields or now is None:
            values[name] = _time(fields.get(name, ""), name)
    for name, allowed in WORDS.items():
        if name in fields:
            values[name] = _word(fields[name], name, allowed)
    start, end = (values.get(name, getattr(now, name, "")) for name in ("start", "end"))
    if end < start:
        raise Refused("interval_order", END_FIRST, field="end")
    return values


def _time(value: str, field: str) -> str:
    found = CLOCK_TIME.fullmatch(value.strip())
    if not found:
        raise Refused("bad_time", BAD_TIME, field=field, value=value[:20])
    return f"{int(found[1]):02}:{found[2]}"


def _word(value: str, field: str, allowed: Sequence[str]) -> str:
    word = value.strip().lower().replace(" ", "_").replace("-", "_")
    if word not in allowed:
        raise Refused(
            "unknown_value", NOT_ONE_OF, field=field, value=value[:60], allowed=", ".join(allowed)
        )
    return word


def _next_position(tx: Tx) -> int:
    last = tx.conn.execute(
        select(func.max(AgendaItem.position)).where(AgendaItem.workshop_id == tx.workshop_id)
    ).scalar_one()
    return (last or 0) + 1
