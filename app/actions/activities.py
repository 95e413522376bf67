"""Activities: added, changed, put in order, led from stage to stage."""

from typing import Any

from sqlmodel import col, func, select

from app.actions.activity_settings import checked_settings
from app.actions.agenda_places import make_room
from app.actions.base import Done, Tx, add, change, clean, expect_version, load, meeting
from app.actions.criteria import follow_criteria
from app.actions.delphi import refuse_other_rules
from app.actions.options import refuse_while_open, reword_option, set_options
from app.actions.realisations import refuse_not_asked
from app.actions.silence import end_of_silence
from app.actions.vote_settings import settled
from app.activities import EXERCISES
from app.errors import N_, Conflict, NotFound, Refused
from app.models import (
    Activity,
    AgendaItem,
    Component,
    Conclusion,
    Group,
    MatrixCell,
    Option,
    Round,
    RoundOption,
    Workshop,
)
from app.policy import Actor, may_facilitate, may_lead, require

PLACES: dict[str, tuple[str, Any]] = {
    "agenda_item": ("agenda_item_id", AgendaItem),
    "group": ("group_id", Group),
}
# What can be brought up for discussion: an option of the activity, or a row to agree on.
ROWS: tuple[Any, ...] = (MatrixCell, Component, Conclusion)


def add_activity(tx: Tx, actor: Actor, fields: dict[str, Any]) -> Done:
    """Add an activity with its settings and options; later ones stand after earlier ones, unless a
    position is named. What weighs the criteria of another has those for options."""
    require(may_facilitate(actor))
    kind = fields.get("type", "")
    if kind not in EXERCISES:
        raise Refused(
            "unknown_type", N_("There is no activity type “{type}”."), field="type", type=kind
        )
    title = clean(fields.get("title"), "title", limit=500)
    settings = checked_settings(fields.get("settings") or {})
    settled(kind, title, settings)
    activity = Activity(
        workshop_id=tx.workshop_id,
        type=kind,
        title=title,
        settings=settings,
        position=_last_position(tx) + 1,
        **_places(tx, fields),
    )
    if fields.get("position") is not None:
        activity.position = fields["position"]
        make_room(tx, activity, activity.position)
    add(tx, activity)
    number = tx.log("activity_added", activity=activity.id, type=kind)
    set_options(tx, activity, fields.get("options") or [])
    follow_criteria(tx, activity)
    refuse_not_asked(tx, activity.id, activity.settings)
    return Done(activity.id, number)


def change_activity(
    tx: Tx, actor: Actor, activity_id: str, version: int | None, fields: dict[str, Any]
) -> Done:
    """Change an activity. What an opened round fixed stays as it was in that round; options of an
    activity whose round is open cannot change."""
    activity = _load(tx, activity_id)
    require(may_facilitate(actor))
    expect_version(activity, version, {"title": activity.title, "settings": activity.settings})
    values = _places(tx, fields)
    if "title" in fields:
        values["title"] = clean(fields["title"], "title", limit=500)
    if fields.get("settings") is not None:
        values["settings"] = checked_settings({**activity.settings, **fields["settings"]})
        refuse_other_rules(tx, activity, values["settings"])
        settled(activity.type, activity.title, values["settings"])
    if fields.get("position") is not None:
        values["position"] = fields["position"]
        make_room(tx, activity, fields["position"])
    if fields.get("options") is not None:
        refuse_while_open(tx, activity_id)
        set_options(tx, activity, fields["options"])
    if fields.get("reword") is not None:
        refuse_while_open(tx, activity_id)
        reword_option(tx, actor, activity_id, **fields["reword"])
    refuse_not_asked(tx, activity_id, fields.get("settings") or {})
    change(tx, Activity, activity_id, **values, version=activity.version + 1)
    return Done(activity_id, tx.log("activity_changed", activity=activity_id))


def remove_activity(tx: Tx, actor: Actor, activity_id: str, version: int | None) -> Done:
    """Take an activity out of the agenda. One whose round was opened stays: it is on record."""
    activity = _load(tx, activity_id)
    require(may_facilitate(actor))
    expect_version(activity, version, {"title": activity.title})
    opened = tx.conn.execute(
        select(Round.id).where(Round.activity_id == activity_id, Round.status != "planned")
    ).first()
    if opened:
        raise Conflict("has_rounds", N_("A round of this activity is on record: it stays."))
    change(tx, Activity, activity_id, removed_at=tx.now, version=activity.version + 1)
    return Done(activity_id, tx.log("activity_removed", activity=activity_id))


def stage_activity(tx: Tx, actor: Actor, activity_id: str, stage: str) -> Done:
    """Lead an activity to a stage; the meeting follows to it, or the group whose own it is."""
    activity = _load(tx, activity_id)
    require(may_lead(actor, activity.group_id))
    if stage not in EXERCISES[activity.type].stages:
        raise Refused(
            "unknown_stage", N_("This activity has no stage “{stage}”."), field="stage", stage=stage
        )
    ends = end_of_silence(tx, activity.settings, stage)
    change(tx, Activity, activity_id, stage=stage, reveals_at=ends, version=activity.version + 1)
    if stage not in ("planned", "done"):
        _come_here(tx, activity)
    return Done(activity_id, tx.log("activity_staged", activity=activity_id, stage=stage))


def _come_here(tx: Tx, activity: Any) -> None:
    here = {"current_activity_id": activity.id}
    if activity.group_id:
        change(tx, Group, activity.group_id, **here)
        return
    if activity.agenda_item_id:
        here["current_item_id"] = activity.agenda_item_id
    change(tx, Workshop, tx.workshop_id, **here, version=meeting(tx).version + 1)


def focus_activity(tx: Tx, actor: Actor, activity_id: str, focus: str | None) -> Done:
    """Bring one option or row of an activity up for discussion, or none."""
    activity = _load(tx, activity_id)
    require(may_lead(actor, activity.group_id))
    if focus is not None:
        _refuse_unknown_focus(tx, activity_id, focus)
    change(tx, Activity, activity_id, focus=focus, version=activity.version + 1)
    return Done(activity_id, tx.log("activity_focused", activity=activity_id, focus=focus))


def _load(tx: Tx, activity_id: str) -> Any:
    activity = load(tx, Activity, activity_id)
    if activity.removed_at:
        raise NotFound
    return activity


def _places(tx: Tx, fields: dict[str, Any]) -> dict[str, Any]:
    """Where it stands: an agenda item and a group of this workshop, or none."""
    return {
        column: _standing(tx, model, fields[name]) if fields[name] else None
        for name, (column, model) in PLACES.items()
        if name in fields
    }


def _standing(tx: Tx, model: Any, place_id: str) -> str:
    """The id of an item or group that has not been taken off."""
    place = load(tx, model, place_id)
    if getattr(place, "removed_at", None):
        raise NotFound
    return place_id


def _refuse_unknown_focus(tx: Tx, activity_id: str, focus: str) -> None:
    options = select(Option.id).where(Option.activity_id == activity_id, Option.id == focus)
    joined = (
        select(RoundOption.id)
        .join(Round, col(Round.id) == col(RoundOption.round_id))
        .where(Round.activity_id == activity_id, RoundOption.id == focus)
    )
    rows = [
        select(model.id).where(model.id == focus, model.workshop_id == tx.workshop_id)
        for model in ROWS
    ]
    if not any(tx.conn.execute(found).first() for found in (options, joined, *rows)):
        raise NotFound


def _last_position(tx: Tx) -> int:
    last = tx.conn.execute(
        select(func.max(Activity.position)).where(Activity.workshop_id == tx.workshop_id)
    ).scalar_one()
    return last or 0
