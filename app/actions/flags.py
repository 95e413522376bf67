"""Flags: what a participant says to a row put up for agreement. Theirs alone to change."""

from typing import Any

from sqlmodel import col, select

from app.actions.base import Done, Tx, add, change, clean, expect_version, load
from app.actions.rewording import wording_of
from app.activities import EXERCISES
from app.activities.language import carried
from app.errors import N_, Conflict, NotFound, Refused
from app.models import Activity, Component, Conclusion, Flag, MatrixCell, Proposal
from app.policy import Actor, may_change_flag, may_flag, require

ROW_MODELS: dict[str, Any] = {"cell": MatrixCell, "component": Component, "conclusion": Conclusion}
LONGEST = {"cell": 10_000, "component": 2_000, "conclusion": 2_000}
NOT_THERE = N_("These words do not stand in the text. Quote them exactly as they stand there.")


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
    tx: Tx, actor: Actor, row_id: str, flag: str, text: str = "", named: bool = False,
    passage: str = "", wording: str = "",
) -> Done:  # fmt: skip
    """Flag a row, or the passage of it that is quoted. `wording` is an amendment: the whole row as
    it would read. One flag stands for each participant and row; a new one replaces the former.

    Raises Refused `passage_not_there` for words that the present version does not hold.
    """
    kind, _row, version = row_of(tx, row_id)
    require(may_flag(actor, _open_for_flags(tx)))
    words = clean(text, "text", limit=4000, required=False)
    about = _about(tx, kind, version, flag, passage, wording)
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
        wording_version_id=version,
        flag=flag,
        text=words,
        **about,
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
        tx, Flag, flag_id, **values, **_said_of(tx, flag, row_of(tx, flag.row_id)[2]),
        asked_again_at=None, taken_up_at=None, set_aside_at=None, set_aside_reason="",
        version=flag.version + 1,
    )  # fmt: skip
    return Done(flag_id, number)


def _about(
    tx: Tx, kind: str, version: str, flag: str, passage: str, wording: str
) -> dict[str, Any]:
    """The passage that a flag names, and what it would say instead."""
    text = wording_of(tx, version).text
    quoted = clean(passage, "passage", limit=LONGEST[kind], required=False)
    if quoted not in text:
        raise Refused("passage_not_there", NOT_THERE, field="passage")
    amended = clean(wording, "wording", limit=LONGEST[kind], required=False)
    proposed = flag == "another_wording" and amended != text
    return {"passage": quoted, "wording": amended if proposed else ""}


def _said_of(tx: Tx, flag: Any, version: str) -> dict[str, str]:
    """Said once more, a flag is said of the present version, as far as what it names stands there;
    else it goes on concerning the version it was raised on."""
    base, now = wording_of(tx, flag.wording_version_id).text, wording_of(tx, version).text
    if flag.passage not in now:
        return {}
    if not flag.wording:
        return {"wording_version_id": version}
    amended = carried(base, flag.wording, now)
    return {"wording_version_id": version, "wording": amended} if amended else {}


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
