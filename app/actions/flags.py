"""Flags: what a participant says to a row put up for agreement. Theirs alone to change."""

from typing import Any

from sqlmodel import col, select

from app.actions.base import Done, Tx, add, change, clean, expect_version, load
from app.activities import EXERCISES
from app.errors import N_, Conflict, NotFound
from app.models import Activity, Component, Conclusion, Flag, MatrixCell, Proposal
from app.policy import Actor, may_change_flag, may_flag, may_take_up, require

ROW_MODELS: dict[str, Any] = {"cell": MatrixCell, "component": Component, "conclusion": Conclusion}


def row_of(tx: Tx, row_id: str) -> tuple[str, Any, str]:
    """A row that stands: its kind, its table row, and the id of its present wording version."""
    for kind, model in ROW_MODELS.items():
        try:
            row = load(tx, model, row_id)
        except NotFound:
            continue
        if row.removed_at:
            break
        if kind == "cell":
            return kind, row, load(tx, Proposal, row.response_id).wording_version_id
        return kind, row, row.wording_version_id
    raise NotFound


def raise_flag(
    tx: Tx, actor: Actor, row_id: str, flag: str, text: str = "", named: bool = False
) -> Done:
    """Flag a row. One flag stands for each participant and row; a new one replaces the former."""
    kind, _row, wording = row_of(tx, row_id)
    require(may_flag(actor, _open_for_flags(tx)))
    words = clean(text, "text", limit=4000, required=False)
    standing = tx.conn.execute(
        select(Flag).where(
            Flag.row_id == row_id,
            Flag.participant_id == actor.participant_id,
            col(Flag.withdrawn_at).is_(None),
        )
    ).one_or_none()
    if standing is not None:
        change(tx, Flag, standing.id, withdrawn_at=tx.now, version=standing.version + 1)
    number = tx.log("flag_raised", salted={"by": actor.identity}, row=row_id, of=kind)
    new = Flag(
        workshop_id=tx.workshop_id,
        row_kind=kind,
        row_id=row_id,
        participant_id=actor.participant_id or "",
        wording_version_id=wording,
        flag=flag,
        text=words,
        named=named,
        number=number,
        at=tx.now,
    )
    return Done(add(tx, new), number)


def change_flag(
    tx: Tx, actor: Actor, flag_id: str, version: int | None, fields: dict[str, Any]
) -> Done:
    """Turn a flag into another, change its text, name oneself or not, or withdraw it."""
    flag = load(tx, Flag, flag_id)
    require(may_change_flag(actor, flag))
    expect_version(flag, version, {"flag": flag.flag, "text": flag.text})
    if flag.withdrawn_at is not None:
        raise Conflict("withdrawn", N_("This flag was withdrawn. Raise a new one."))
    if fields.get("withdrawn"):
        number = tx.log("flag_withdrawn", salted={"by": actor.identity}, row=flag.row_id)
        change(tx, Flag, flag_id, withdrawn_at=tx.now, version=flag.version + 1)
        return Done(flag_id, number)
    values: dict[str, Any] = {n: fields[n] for n in ("flag", "named") if n in fields}
    if "text" in fields:
        values["text"] = clean(fields["text"], "text", limit=4000, required=False)
    number = tx.log("flag_changed", salted={"by": actor.identity}, row=flag.row_id)
    change(
        tx, Flag, flag_id, **values, wording_version_id=row_of(tx, flag.row_id)[2],
        asked_again_at=None, taken_up_at=None, version=flag.version + 1,
    )  # fmt: skip
    return Done(flag_id, number)


def take_up_flag(tx: Tx, actor: Actor, flag_id: str) -> Done:
    """Record that the wording which a flag asked for stands in the row now: it holds the row up
    no longer. Its author may still say otherwise.

    Raises Conflict `not_reworded` while the row says what it said when the flag was raised.
    """
    flag = load(tx, Flag, flag_id)
    require(may_take_up(actor))
    done = flag.withdrawn_at or flag.taken_up_at
    if flag.flag != "another_wording" or done:
        raise Conflict("not_asked", N_("No other wording is asked for by this flag."))
    if row_of(tx, flag.row_id)[2] == flag.wording_version_id:
        raise Conflict("not_reworded", N_("The row still says what it said. Reword it first."))
    number = tx.log("flag_taken_up", row=flag.row_id, flag=flag_id)
    change(tx, Flag, flag_id, taken_up_at=tx.now, version=flag.version + 1)
    return Done(flag_id, number)


def _open_for_flags(tx: Tx) -> bool:
    """While an exercise to agree is open; at any time where the meeting plans none."""
    stages = (
        tx.conn.execute(
            select(Activity.stage).where(
                Activity.workshop_id == tx.workshop_id,
                Activity.type == "agree",
                col(Activity.removed_at).is_(None),
            )
        )
        .scalars()
        .all()
    )
    return not stages or any(EXERCISES["agree"].allows(stage, "flag") for stage in stages)
