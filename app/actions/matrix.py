"""The matrix: cells added, edited by several at once, taken out, put to the room."""

from typing import Any

from sqlmodel import select

from app.actions.base import Done, Tx, add, change, clean, expect_version, load, meeting
from app.actions.flags import row_of
from app.actions.rewording import ask_again, next_wording, touch_cells, wording_of
from app.errors import N_, Conflict, NotFound, Refused
from app.models import Activity, EvidenceItem, MatrixCell, Proposal, Workshop
from app.policy import Actor, may_facilitate, may_write, require
from app.queries.kept import kept_without_row

CELL_VALUES = (
    "level", "lead_actor", "partners", "time_frame", "resources", "indicator",
    "evidence_status", "source", "notes",
)  # fmt: skip
GONE = N_(
    "Someone took this row out of the matrix meanwhile. Your text is kept here; add the row again "
    "to bring it back."
)


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
    was edited. Another `text` is a new wording of the response, in all its cells.

    Raises Conflict `edited_meanwhile` with what the other hand wrote, `removed_meanwhile` and
    `exists`; NotFound where there is nothing to edit.
    """
    area, response = load(tx, Proposal, area_id), load(tx, Proposal, response_id)
    require(may_write(actor))
    _refuse_misplaced(area, response)
    found = tx.conn.execute(
        select(MatrixCell).where(
            MatrixCell.area_id == area_id, MatrixCell.response_id == response_id
        )
    ).one_or_none()
    standing = found is not None and found.removed_at is None
    if new and found is not None and standing:
        raise Conflict("exists", N_("This response already stands beside this area."), id=found.id)
    if new:
        for proposal in (area, response):
            _take_up(tx, proposal)
        return _add_cell(tx, actor, area_id, load(tx, Proposal, response_id), fields, found)
    if found is None:
        raise NotFound
    if not standing:
        raise Conflict("removed_meanwhile", GONE)
    return _edit_cell(tx, actor, found, response, fields, version)


def lay_kept(tx: Tx, actor: Actor) -> Done:
    """Lay a row for every response that the room kept and that has none yet."""
    require(may_write(actor))
    rows = kept_without_row(tx.conn, tx.workshop_id)
    ids = [
        put_cell(tx, actor, area_id, response_id, {}, None, new=True).id
        for area_id, response_id in rows
    ]
    return Done(" ".join(ids), tx.seq)


def _refuse_misplaced(area: Any, response: Any) -> None:
    if area.kind != "priority_area" or response.kind != "response":
        raise Refused("not_an_area", N_("A cell joins a priority area with a response."))
    if not {area.status, response.status} <= {"waiting", "accepted"}:
        raise Conflict(
            "not_accepted", N_("What was merged or sent back can't stand in the matrix.")
        )


def _take_up(tx: Tx, proposal: Any) -> None:
    """What is written into the matrix has been accepted by that."""
    if proposal.status == "waiting":
        tx.log("proposal_accepted", proposal=proposal.id)
        change(tx, Proposal, proposal.id, status="accepted", version=proposal.version + 1)


def _add_cell(
    tx: Tx, actor: Actor, area_id: str, response: Any, fields: dict[str, Any], gone: Any
) -> Done:
    values = _values(tx, fields)
    cell_id = gone.id if gone else ""
    if gone is None:
        cell = MatrixCell(
            workshop_id=tx.workshop_id, area_id=area_id, response_id=response.id, **values
        )
        cell_id = add(tx, cell)
    else:
        change(tx, MatrixCell, cell_id, **values, removed_at=None, version=gone.version + 1)
    number = tx.log(
        "cell_added", salted=_by(actor), cell=cell_id, area=area_id, response=response.id
    )
    _reword(tx, actor, cell_id, response, fields, number)
    return Done(cell_id, number)


def _edit_cell(
    tx: Tx, actor: Actor, cell: Any, response: Any, fields: dict[str, Any], version: int | None
) -> Done:
    values = _values(tx, fields)
    theirs = {name: getattr(cell, name) or getattr(response, name, "") for name in values}
    words = wording_of(tx, response.wording_version_id)
    expect_version(cell, version, theirs | {"text": words.text})
    number = tx.log("cell_changed", salted=_by(actor), cell=cell.id)
    change(tx, MatrixCell, cell.id, **values, version=cell.version + 1)
    _reword(tx, actor, cell.id, response, fields, number)
    return Done(cell.id, number)


def _reword(
    tx: Tx, actor: Actor, cell_id: str, response: Any, fields: dict[str, Any], number: int
) -> None:
    """The wording belongs to the response: every cell that it serves has the new draft."""
    if fields.get("text") is None:
        return
    before = wording_of(tx, response.wording_version_id)
    text = clean(fields["text"], "text")
    if text == before.text:
        return
    new = next_wording(tx, actor, "proposal", response.id, before, text, number)
    change(tx, Proposal, response.id, wording_version_id=new, version=response.version + 1)
    touch_cells(tx, response.id, but=cell_id)


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
    _kind, cell, _wording = row_of(tx, cell_id)
    require(may_write(actor))
    expect_version(cell, version)
    number = tx.log("cell_removed", salted=_by(actor), cell=cell_id)
    change(tx, MatrixCell, cell_id, removed_at=tx.now, version=cell.version + 1)
    return Done(cell_id, number)


def put_row(tx: Tx, actor: Actor, activity_id: str, row_id: str) -> Done:
    """Put one row to the room: it stands on the big screen, and whoever flagged it is asked
    again."""
    activity = load(tx, Activity, activity_id)
    require(may_facilitate(actor))
    if activity.type != "agree":
        raise Refused("wrong_activity", N_("Rows are put to the room in an “Agree” exercise."))
    row_of(tx, row_id)
    number = tx.log("row_put", activity=activity_id, row=row_id)
    ask_again(tx, [row_id])
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
