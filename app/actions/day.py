"""The rest of the day planned anew in one act, and that act taken back."""

from typing import Any

from app.actions.base import Done, Tx, change
from app.activities.day import clock_of, replanned
from app.errors import N_, Conflict
from app.models import AgendaItem
from app.policy import Actor, may_facilitate, require
from app.queries.day import last_move, rest_of_day
from app.queries.step import agenda_of

NOTHING_LEFT = N_("Nothing of this day is left to be moved.")
NOTHING_MOVED = N_("No move of the day is left to be taken back.")
CHANGED_SINCE = N_("The agenda was changed after the day was moved. Change the items one by one.")


def move_day(
    tx: Tx, actor: Actor, by: int, *, shorten: bool = False, keep_breaks: bool = True
) -> Done:
    """Move what remains of the day, or shorten it so that the day ends as planned.

    The line names every item with its times before and after, so that it can be taken back.
    """
    require(may_facilitate(actor))
    before = {slot.id: slot for slot in rest_of_day(tx.conn, tx.workshop_id)}
    if not before:
        raise Conflict("day_over", NOTHING_LEFT)
    moved = [
        [slot.id, clock_of(before[slot.id].start), clock_of(before[slot.id].end),
         clock_of(slot.start), clock_of(slot.end)]
        for slot in replanned(
            list(before.values()), by, shorten=shorten, keep_breaks=keep_breaks
        )
    ]  # fmt: skip
    _set_times(tx, {one: (start, end) for one, _, _, start, end in moved})
    how = "shortened" if shorten else "moved"
    return Done(tx.workshop_id, tx.log("day_moved", how=how, minutes=by, items=moved))


def take_back_move(tx: Tx, actor: Actor) -> Done:
    """Give the items their times from before the last move. Raises Conflict `not_moved`, or
    `changed_since` where one of them has other times by now, or is gone."""
    require(may_facilitate(actor))
    line = last_move(tx.conn, tx.workshop_id)
    if line is None:
        raise Conflict("not_moved", NOTHING_MOVED)
    now = {item.id: (item.start, item.end) for item in agenda_of(tx.conn, tx.workshop_id)}
    if any(now.get(one) != (start, end) for one, _, _, start, end in line.ids["items"]):
        raise Conflict("changed_since", CHANGED_SINCE)
    _set_times(tx, {one: (start, end) for one, start, end, _, _ in line.ids["items"]})
    return Done(tx.workshop_id, tx.log("day_moved_back", of=line.number))


def _set_times(tx: Tx, times: dict[str, tuple[str, str]]) -> None:
    versions: dict[str, Any] = {
        item.id: item.version for item in agenda_of(tx.conn, tx.workshop_id)
    }
    for item_id, (start, end) in times.items():
        change(tx, AgendaItem, item_id, start=start, end=end, version=versions[item_id] + 1)
