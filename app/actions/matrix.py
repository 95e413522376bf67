"""The matrix: cells added, edited by several at once, put to the room."""

from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from app.actions.base import (
    Done,
    Tx,
    add,
    change,
    clean,
    expect_version,
    load,
    meeting,
    word,
)
from app.errors import N_, Conflict, Refused
from app.models import Activity, EvidenceItem, Flag, MatrixCell, Proposal, WordingVersion, Workshop
from app.policy import Actor, may_facilitate, may_write, require

CELL_VALUES = (
    "level", "lead_actor", "partners", "time_frame", "resources", "indicator",
    "evidence_status", "source", "notes",
)  # fmt: skip


def put_cell(
    tx: Tx,
    actor: Actor,
    area_id: str,
    response_id: str,
    fields: dict[str, Any],
    version: int | None,
    new: bool = False,
) -> Done:
    """Write one cell: an area with a response. `new` adds it; otherwise `version` is the one that
    was edited. Raises Conflict `edited_meanwhile` with what the other hand wrote."""
    area, response = load(tx, Proposal, area_id), load(tx, Proposal, response_id)
    require(may_write(actor))
    if area.kind != "priority_area" or response.kind != "response":
        raise Refused("not_an_area", N_("A cell joins a priority area with a response."))
    found = tx.conn.execute(
        select(MatrixCell).where(
            MatrixCell.area_id == area_id, MatrixCell.response_id == response_id
        )
    ).one_or_none()
    values = _values(tx, fields)
    if found is None or found.removed_at is not None:
        return _add_cell(tx, actor, area_id, response_id, values, found)
    if new:
        raise Conflict("exists", N_("This response already stands beside this area."), id=found.id)
    return _edit_cell(tx, actor, found, values, fields, version)


def _add_cell(
    tx: Tx, actor: Actor, area_id: str, response_id: str, values: dict[str, Any], gone: Any
) -> Done:
    if gone is not None:
        number = tx.log("cell_added", salted=_by(actor), cell=gone.id)
        change(tx, MatrixCell, gone.id, **values, removed_at=None, version=gone.version + 1)
        return Done(gone.id, number)
    cell = MatrixCell(
        workshop_id=tx.workshop_id, area_id=area_id, response_id=response_id, **values
    )
    number = tx.log(
        "cell_added", salted=_by(actor), cell=cell.id, area=area_id, response=response_id
    )
    return Done(add(tx, cell), number)


def _edit_cell(
    tx: Tx, actor: Actor, cell: Any, values: dict[str, Any], fields: dict[str, Any], version: Any
) -> Done:
    wording = tx.conn.execute(
        select(WordingVersion)
        .join(Proposal, col(Proposal.wording_version_id) == col(WordingVersion.id))
        .where(Proposal.id == cell.response_id)
    ).one()
    theirs = {name: getattr(cell, name) for name in values} | {"text": wording.text}
    expect_version(cell, version, theirs)
    number = tx.log("cell_changed", salted=_by(actor), cell=cell.id)
    change(tx, MatrixCell, cell.id, **values, version=cell.version + 1)
    if "text" in fields and (text := clean(fields["text"], "text")) != wording.text:
        _reword(tx, actor, cell, wording, text, number)
    return Done(cell.id, number)


def _reword(tx: Tx, actor: Actor, cell: Any, before: Any, text: str, number: int) -> None:
    """The wording belongs to the response: every cell that it serves has the new draft."""
    response = load(tx, Proposal, cell.response_id)
    new = word(
        tx, "proposal", response.id, text, n=before.n + 1,
        author_id=actor.participant_id, number=number,
    )  # fmt: skip
    change(tx, Proposal, response.id, wording_version_id=new, version=response.version + 1)
    # Whoever flagged the row is asked again on the new wording.
    tx.conn.execute(
        update(Flag)
        .where(col(Flag.row_id) == cell.id, col(Flag.withdrawn_at).is_(None))
        .values(asked_again_at=tx.now)
    )


def _values(tx: Tx, fields: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: clean(fields[name], name, limit=2000, required=False)
        for name in CELL_VALUES
        if fields.get(name) is not None
    }
    if fields.get("evidence") is not None:
        values["evidence"] = [load(tx, EvidenceItem, item).id for item in fields["evidence"]]
    return values


def remove_cell(tx: Tx, actor: Actor, cell_id: str, version: int | None) -> Done:
    """Take a cell out of the draft; its story stays in the record."""
    cell = load(tx, MatrixCell, cell_id)
    require(may_write(actor))
    expect_version(cell, version)
    number = tx.log("cell_removed", salted=_by(actor), cell=cell_id)
    change(tx, MatrixCell, cell_id, removed_at=tx.now, version=cell.version + 1)
    return Done(cell_id, number)


def put_row(tx: Tx, actor: Actor, activity_id: str, row_id: str) -> Done:
    """Put one row to the room: it stands on the big screen and everybody is asked about it."""
    activity = load(tx, Activity, activity_id)
    require(may_facilitate(actor))
    number = tx.log("row_put", activity=activity_id, row=row_id)
    change(tx, Activity, activity_id, focus=row_id, stage="deciding", version=activity.version + 1)
    change(
        tx,
        Workshop,
        tx.workshop_id,
        screen={"show": "row", "activity": activity_id, "row": row_id},
        current_activity_id=activity_id,
        version=meeting(tx).version + 1,
    )
    return Done(row_id, number)


def _by(actor: Actor) -> dict[str, str]:
    return {"by": actor.identity}
