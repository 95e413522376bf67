"""Components and conclusions: wordings drafted by the writers and put to the room like rows."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import update
from sqlmodel import func, select

from app.actions.base import Done, Tx, add, change, clean, expect_version, load, new_id, word
from app.actions.rewording import next_wording
from app.errors import N_, Conflict, NotFound
from app.models import Component, Conclusion, WordingVersion
from app.policy import Actor, may_write, require
from app.queries.agreements import agreements_of

MODELS: dict[str, Any] = {"component": Component, "conclusion": Conclusion}
LIMITS = {"own_key": 100, "gist": 10_000, "source": 2_000}
KEY_TAKEN = N_("Another component has the id “{own_key}” already.")

ADOPTED = N_("What was adopted stays. Reword it: the new draft then stands beside the agreed text.")


def add_drafts(tx: Tx, actor: Actor, kind: str, drafts: Sequence[dict[str, Any]]) -> Done:
    """Draft components or conclusions, each with the first version of its wording."""
    require(may_write(actor))
    ids = [_add(tx, actor, kind, fields) for fields in drafts]
    return Done(" ".join(ids), tx.seq)


def _add(tx: Tx, actor: Actor, kind: str, fields: dict[str, Any]) -> str:
    model = MODELS[kind]
    text = clean(fields.get("text"), "text", limit=2_000)
    values = _values(tx, kind, fields)
    draft_id = new_id()
    number = tx.log(f"{kind}_added", **_about(kind, draft_id))
    version_id = word(tx, kind, draft_id, text, n=1, author_id=actor.participant_id, number=number)
    add(
        tx,
        model(
            id=draft_id,
            workshop_id=tx.workshop_id,
            position=_next_position(tx, model),
            wording_version_id=version_id,
            **values,
        ),
    )
    return draft_id


def change_draft(
    tx: Tx, actor: Actor, kind: str, draft_id: str, version: int | None, fields: dict[str, Any]
) -> Done:
    """Change a draft. Another text is a new version of its wording: what was adopted stays as it
    was adopted, and the new text stands beside it."""
    require(may_write(actor))
    now = _load(tx, kind, draft_id)
    wording = tx.conn.execute(
        select(WordingVersion).where(WordingVersion.id == now.wording_version_id)
    ).one()
    expect_version(now, version, {"text": wording.text})
    values = _values(tx, kind, fields, now)
    if "position" in values:
        _make_room(tx, kind, draft_id, values["position"])
    text = clean(fields.get("text", wording.text), "text", limit=2_000)
    if text == wording.text:
        number = tx.log(f"{kind}_changed", **_about(kind, draft_id)) if values else tx.seq
    else:
        number = tx.log(f"{kind}_reworded", salted={"by": actor.identity}, **_about(kind, draft_id))
        values["wording_version_id"] = next_wording(
            tx, actor, kind, draft_id, wording, text, number
        )
    change(tx, MODELS[kind], draft_id, **values, version=now.version + 1)
    return Done(draft_id, number)


def remove_draft(tx: Tx, actor: Actor, kind: str, draft_id: str) -> Done:
    """Drop a draft; its wordings and what was said about it stay in the record. Raises Conflict
    `adopted` for what the meeting adopted."""
    require(may_write(actor))
    now = _load(tx, kind, draft_id)
    agreed = agreements_of(tx.conn, tx.workshop_id).get(draft_id)
    if agreed is not None and agreed.adopted:
        raise Conflict("adopted", ADOPTED)
    change(tx, MODELS[kind], draft_id, removed_at=tx.now, version=now.version + 1)
    return Done(draft_id, tx.log(f"{kind}_removed", **_about(kind, draft_id)))


def _about(kind: str, draft_id: str) -> dict[str, Any]:
    return {kind: draft_id}


def _load(tx: Tx, kind: str, draft_id: str) -> Any:
    draft = load(tx, MODELS[kind], draft_id)
    if draft.removed_at:
        raise NotFound
    return draft


def _values(tx: Tx, kind: str, fields: dict[str, Any], now: Any = None) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: clean(fields[name], name, limit=limit, required=False)
        for name, limit in LIMITS.items()
        if name in fields
    }
    if "own_key" in values:
        values["own_key"] = values["own_key"] or None
        if values["own_key"] and (now is None or now.own_key != values["own_key"]):
            _refuse_twin(tx, MODELS[kind], values["own_key"])
    values |= {name: fields[name] for name in ("kind", "position") if name in fields}
    return values


def _make_room(tx: Tx, kind: str, draft_id: str, position: int) -> None:
    """Let a draft stand at a position: the others from there on step back by one."""
    model = MODELS[kind]
    tx.conn.execute(
        update(model)
        .where(
            model.workshop_id == tx.workshop_id,
            model.id != draft_id,
            model.position >= position,
        )
        .values(position=model.position + 1)
    )


def _refuse_twin(tx: Tx, model: Any, own_key: str) -> None:
    twin = tx.conn.execute(
        select(model.id).where(model.workshop_id == tx.workshop_id, model.own_key == own_key)
    ).first()
    if twin:
        raise Conflict("id_taken", KEY_TAKEN, field="own_key", own_key=own_key)


def _next_position(tx: Tx, model: Any) -> int:
    last = tx.conn.execute(
        select(func.max(model.position)).where(model.workshop_id == tx.workshop_id)
    ).scalar_one()
    return (last or 0) + 1
