"""What the big screen shows, and the timer."""

from typing import Any

from app.actions.agenda import load_item
from app.actions.base import Done, Tx, change, load, meeting
from app.errors import N_, Conflict, Refused
from app.models import Activity, Component, Conclusion, Lesson, MatrixCell, Note, Round, Workshop
from app.policy import Actor, may_facilitate, require

SHOWN = (
    "join", "item", "question", "results", "row", "agenda", "groups", "floor", "note", "take",
    "blank", "lesson",
)  # fmt: skip
WHICH = N_("Say which {what} the big screen shows.")
NEEDS = {
    "item": "item",
    "question": "activity",
    "results": "round",
    "row": "row",
    "groups": "activity",
    "note": "note",
    "lesson": "lesson",
}
PRIVATE = N_("This note is its writers’ alone. Release it first; then the big screen can show it.")
WAITING = N_("This lesson is not released yet. Release it first; then the big screen can show it.")


def show(tx: Tx, actor: Actor, shown: dict[str, Any]) -> Done:
    """Put something on the big screen; the last one wins.

    `shown` is `{"show": …}` with the id of what is shown: item, activity, round, row, note or
    lesson; without one the present one is taken. Raises Refused `nothing_there` where there is
    none, and Conflict `not_released` for a note or a lesson that is not everybody's yet.
    """
    require(may_facilitate(actor))
    now = meeting(tx)
    full = {"show": shown["show"], **_ids(tx, now, shown)}
    change(tx, Workshop, tx.workshop_id, screen=full, version=now.version + 1)
    return Done(tx.workshop_id, tx.log("screen_changed", **full))


def _ids(tx: Tx, now: Any, shown: dict[str, Any]) -> dict[str, str]:
    given = {name: value for name, value in shown.items() if name != "show" and value}
    if item_id := given.get("item"):
        load_item(tx, item_id)
    if activity_id := given.get("activity"):
        load(tx, Activity, activity_id)
    if round_id := given.get("round"):
        given["activity"] = load(tx, Round, round_id).activity_id
    if row_id := given.get("row"):
        _load_row(tx, row_id)
    if (note_id := given.get("note")) and not load(tx, Note, note_id).released:
        raise Conflict("not_released", PRIVATE)
    if (lesson_id := given.get("lesson")) and not load(tx, Lesson, lesson_id).released:
        raise Conflict("not_released", WAITING)
    if shown["show"] == "item" and now.current_item_id:
        given.setdefault("item", now.current_item_id)
    if shown["show"] in ("question", "results") and now.current_activity_id:
        given.setdefault("activity", now.current_activity_id)
    needed = NEEDS.get(shown["show"])
    if needed and needed not in given and not (needed == "round" and "activity" in given):
        raise Refused("nothing_there", WHICH, field=needed, what=needed)
    return given


def _load_row(tx: Tx, row_id: str) -> None:
    for model in (MatrixCell, Component):
        try:
            load(tx, model, row_id)
            return
        except Refused:
            continue
    load(tx, Conclusion, row_id)


def set_timer(tx: Tx, actor: Actor, seconds: int | None) -> Done:
    """Start the advisory timer anew, or take it away (None). It closes nothing."""
    require(may_facilitate(actor))
    now = meeting(tx)
    timer = None if seconds is None else {"seconds": seconds, "since": tx.now.isoformat()}
    change(tx, Workshop, tx.workshop_id, timer=timer, version=now.version + 1)
    return Done(tx.workshop_id, tx.log("timer_changed", seconds=seconds))
