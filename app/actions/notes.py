"""Rapporteurs' notes: for the writers alone until they are released."""

from typing import Any

from app.actions.agenda import load_item
from app.actions.base import Done, Tx, add, change, clean, expect_version, load
from app.models import Group, Note
from app.policy import Actor, may_write, require

LIMIT = 20_000


def add_note(tx: Tx, actor: Actor, fields: dict[str, Any]) -> Done:
    """Take a note, on an agenda item, a group's work, or the meeting as a whole."""
    require(may_write(actor))
    item_id, group_id = fields.get("item"), fields.get("group")
    note = Note(
        workshop_id=tx.workshop_id,
        agenda_item_id=load_item(tx, item_id).id if item_id else None,
        group_id=load(tx, Group, group_id).id if group_id else None,
        author_id=actor.participant_id,
        text=clean(fields.get("text"), "text", limit=LIMIT),
        released=fields.get("released", False),
        at=tx.now,
    )
    add(tx, note)
    number = tx.log("note_added", note=note.id)
    if note.released:
        number = tx.log("note_released", note=note.id)
    return Done(note.id, number)


def change_note(
    tx: Tx, actor: Actor, note_id: str, version: int | None, fields: dict[str, Any]
) -> Done:
    """Rewrite, release or take back a note. One that was emptied is shown nowhere any more; what
    changes nothing leaves no line in the log."""
    require(may_write(actor))
    now = load(tx, Note, note_id)
    expect_version(now, version, {"text": now.text})
    values: dict[str, Any] = {}
    if "text" in fields:
        values["text"] = clean(fields["text"], "text", limit=LIMIT, required=False)
    if "released" in fields:
        values["released"] = fields["released"]
    if all(getattr(now, name) == value for name, value in values.items()):
        return Done(note_id)
    change(tx, Note, note_id, **values, version=now.version + 1)
    return Done(note_id, _log(tx, note_id, now.released, values.get("released", now.released)))


def _log(tx: Tx, note_id: str, before: bool, after: bool) -> int:
    """Typing that nobody but the writers sees has a kind of its own: no other screen waits for
    it."""
    if before != after:
        return tx.log("note_released" if after else "note_taken_back", note=note_id)
    return tx.log("note_corrected" if after else "note_changed", note=note_id)
