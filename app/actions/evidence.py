"""Evidence items: what is under review, with its source."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import func, select

from app.actions.base import Done, Tx, add, change, clean, expect_version, load
from app.errors import N_, Conflict, NotFound
from app.models import EvidenceItem
from app.policy import Actor, may_write, require

LIMITS = {"own_key": 100, "kind": 60, "gist": 10_000, "source": 2_000}
KEY_TAKEN = N_("Another evidence item has the id “{own_key}” already.")


def add_evidence(tx: Tx, actor: Actor, items: Sequence[dict[str, Any]]) -> Done:
    """Put evidence items up for review."""
    require(may_write(actor))
    ids = [add_item(tx, fields) for fields in items]
    return Done(" ".join(ids), tx.seq)


def add_item(tx: Tx, fields: dict[str, Any]) -> str:
    """One evidence item; returns its id."""
    values = checked_evidence(fields, new=True)
    _refuse_twin(tx, values.get("own_key"))
    item = EvidenceItem(workshop_id=tx.workshop_id, position=_next_position(tx), **values)
    add(tx, item)
    tx.log("evidence_added", evidence=item.id)
    return item.id


def change_evidence(
    tx: Tx, actor: Actor, evidence_id: str, version: int | None, fields: dict[str, Any]
) -> Done:
    """Change an item. A round that has been opened keeps the title it froze."""
    require(may_write(actor))
    now = _load(tx, evidence_id)
    values = checked_evidence(fields, new=False)
    expect_version(now, version, {name: getattr(now, name) for name in values})
    if values.get("own_key", now.own_key) != now.own_key:
        _refuse_twin(tx, values["own_key"])
    change(tx, EvidenceItem, evidence_id, **values, version=now.version + 1)
    number = tx.log("evidence_changed", evidence=evidence_id, fields=sorted(values))
    return Done(evidence_id, number)


def remove_evidence(tx: Tx, actor: Actor, evidence_id: str) -> Done:
    """Take an item out of the review; what was said about it stays in the record."""
    require(may_write(actor))
    now = _load(tx, evidence_id)
    change(tx, EvidenceItem, evidence_id, removed_at=tx.now, version=now.version + 1)
    return Done(evidence_id, tx.log("evidence_removed", evidence=evidence_id))


def checked_evidence(fields: dict[str, Any], *, new: bool) -> dict[str, Any]:
    """The columns for these fields."""
    values = dict(fields)
    if "title" in fields or new:
        values["title"] = clean(fields.get("title"), "title", limit=500)
    for name, limit in LIMITS.items():
        if name in fields:
            values[name] = clean(fields[name], name, limit=limit, required=False)
    if "own_key" in values:
        values["own_key"] = values["own_key"] or None
    if "links" in fields:
        values["links"] = [clean(link, "links", limit=2_000) for link in fields["links"]]
    return values


def _load(tx: Tx, evidence_id: str) -> Any:
    item = load(tx, EvidenceItem, evidence_id)
    if item.removed_at:
        raise NotFound
    return item


def _refuse_twin(tx: Tx, own_key: str | None) -> None:
    if own_key is None:
        return
    twin = tx.conn.execute(
        select(EvidenceItem.id).where(
            EvidenceItem.workshop_id == tx.workshop_id, EvidenceItem.own_key == own_key
        )
    ).first()
    if twin:
        raise Conflict("id_taken", KEY_TAKEN, field="own_key", own_key=own_key)


def _next_position(tx: Tx) -> int:
    last = tx.conn.execute(
        select(func.max(EvidenceItem.position)).where(EvidenceItem.workshop_id == tx.workshop_id)
    ).scalar_one()
    return (last or 0) + 1
