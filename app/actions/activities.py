"""Activities: added, changed, led from stage to stage, given their options."""

from typing import Any

from sqlmodel import col, func, select

from app.actions.base import Done, Tx, add, change, clean, expect_version, load, meeting
from app.actions.options import set_options
from app.activities import EXERCISES
from app.activities.base import ROUND_FIELDS
from app.errors import N_, Conflict, Refused
from app.models import Activity, AgendaItem, Group, Round, Workshop
from app.policy import SECRET_NOT_OFFERED, Actor, may_facilitate, require

OWN_SETTINGS = ("kind", "shown", "regions")


def add_activity(tx: Tx, actor: Actor, fields: dict[str, Any]) -> Done:
    """Add an activity with its settings and options; later ones stand after earlier ones."""
    require(may_facilitate(actor))
    kind = _known_type(fields.get("type", ""))
    item_id, group_id = fields.get("agenda_item"), fields.get("group")
    if item_id:
        load(tx, AgendaItem, item_id)
    if group_id:
        load(tx, Group, group_id)
    activity = Activity(
        workshop_id=tx.workshop_id,
        agenda_item_id=item_id,
        group_id=group_id,
        type=kind,
        title=clean(fields.get("title"), "title", limit=500),
        settings=_checked(fields.get("settings") or {}),
        position=_last_position(tx) + 1,
    )
    add(tx, activity)
    number = tx.log("activity_added", activity=activity.id, type=kind)
    set_options(tx, activity, fields.get("options") or [])
    return Done(activity.id, number)


def change_activity(
    tx: Tx, actor: Actor, activity_id: str, version: int | None, fields: dict[str, Any]
) -> Done:
    """Change an activity. What an opened round fixed stays as it was in that round; options of an
    activity whose round is open cannot change."""
    activity = load(tx, Activity, activity_id)
    require(may_facilitate(actor))
    expect_version(activity, version, {"title": activity.title, "settings": activity.settings})
    values: dict[str, Any] = {"version": activity.version + 1}
    if "title" in fields:
        values["title"] = clean(fields["title"], "title", limit=500)
    if "settings" in fields:
        values["settings"] = _checked({**activity.settings, **fields["settings"]})
    for name, column in (("agenda_item", "agenda_item_id"), ("group", "group_id")):
        if name in fields:
            values[column] = fields[name]
    if "options" in fields:
        _refuse_while_open(tx, activity_id)
        set_options(tx, activity, fields["options"])
    change(tx, Activity, activity_id, **values)
    return Done(activity_id, tx.log("activity_changed", activity=activity_id))


def stage_activity(tx: Tx, actor: Actor, activity_id: str, stage: str) -> Done:
    """Lead an activity to a stage; the meeting follows to it."""
    activity = load(tx, Activity, activity_id)
    require(may_facilitate(actor))
    if stage not in EXERCISES[activity.type].stages:
        raise Refused(
            "unknown_stage", N_("This activity has no stage “{stage}”."), field="stage", stage=stage
        )
    change(tx, Activity, activity_id, stage=stage, version=activity.version + 1)
    here = {"current_activity_id": activity_id} if stage not in ("planned", "done") else {}
    if here and activity.agenda_item_id:
        here["current_item_id"] = activity.agenda_item_id
    if here:
        change(tx, Workshop, tx.workshop_id, **here, version=meeting(tx).version + 1)
    return Done(activity_id, tx.log("activity_staged", activity=activity_id, stage=stage))


def focus_activity(tx: Tx, actor: Actor, activity_id: str, focus: str | None) -> Done:
    """Bring one option or row of an activity up for discussion, or none."""
    activity = load(tx, Activity, activity_id)
    require(may_facilitate(actor))
    change(tx, Activity, activity_id, focus=focus, version=activity.version + 1)
    return Done(activity_id, tx.log("activity_focused", activity=activity_id, focus=focus))


def _known_type(kind: str) -> str:
    if kind not in EXERCISES:
        raise Refused(
            "unknown_type", N_("There is no activity type “{type}”."), field="type", type=kind
        )
    return kind


def _checked(settings: dict[str, Any]) -> dict[str, Any]:
    for name in settings:
        if name not in (*ROUND_FIELDS, *OWN_SETTINGS):
            raise Refused(
                "unknown_field",
                N_("There is no setting “{name}”."),
                field=f"settings.{name}",
                name=name,
            )
    if settings.get("secrecy") == "secret":
        raise Refused("secret_not_offered", SECRET_NOT_OFFERED, field="settings.secrecy")
    return settings


def _refuse_while_open(tx: Tx, activity_id: str) -> None:
    running = tx.conn.execute(
        select(func.count())
        .select_from(Round)
        .where(Round.activity_id == activity_id, col(Round.status).in_(("open", "closing")))
    ).scalar_one()
    if running:
        raise Conflict("round_open", N_("A round is open: its options are fixed. Close it first."))


def _last_position(tx: Tx) -> int:
    last = tx.conn.execute(
        select(func.max(Activity.position)).where(Activity.workshop_id == tx.workshop_id)
    ).scalar_one()
    return last or 0
