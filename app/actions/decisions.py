"""Decisions: the chair's act on exact wordings. A vote indicates; a decision adopts."""

from typing import Any

from sqlalchemy import insert
from sqlmodel import col, select

from app.actions.base import Done, Tx, add, clean, load
from app.actions.flags import row_of
from app.actions.pinning import pinned_row
from app.activities.language import BRACKETS_OPEN, open_brackets
from app.activities.rulings import against_ruling
from app.errors import N_, Conflict, Refused
from app.models import Decision, DecisionRow, Flag, Participant
from app.policy import Actor, may_decide, require
from app.queries.decisions import UNREAD, put_to_the_room


def decide(
    tx: Tx,
    actor: Actor,
    row_ids: list[str],
    wording_versions: list[str],
    ruling: str,
    ruled_by: str,
    text: str = "",
    brackets: bool = False,
) -> Done:
    """Record the chair's ruling on rows, pinning exactly the wordings that were read. `brackets`
    adopts them with the brackets that stand in them.

    Raises Conflict `edited_meanwhile` if a wording has changed since, `not_put` while the draft
    has not been opened to the room, `brackets_open`, and the code of whatever flag forbids the
    ruling; then no row is settled.
    """
    require(may_decide(actor))
    chair = load(tx, Participant, ruled_by)
    if "chair" not in chair.roles:
        raise Refused("not_the_chair", N_("A ruling is made by the chair."), field="ruled_by")
    if len(row_ids) != len(wording_versions) or not row_ids:
        raise Refused(
            "rows_and_wordings",
            N_("Name each row with the version of its wording, in the same order."),
            field="wording_versions",
        )
    if len(set(row_ids)) != len(row_ids):
        raise Refused("duplicate", N_("A row is listed twice."), field="rows")
    if ruling != "not_agreed" and not put_to_the_room(tx.conn, tx.workshop_id):
        raise Conflict("not_put", UNREAD)
    rows = [
        _settle(tx, row_id, version, ruling, place, brackets)
        for place, (row_id, version) in enumerate(zip(row_ids, wording_versions, strict=True))
    ]
    number = tx.log("decision_made", ruling=ruling, rows=row_ids, ruled_by=ruled_by)
    decision_id = add(
        tx,
        Decision(
            workshop_id=tx.workshop_id,
            ruling=ruling,
            ruled_by=ruled_by,
            recorded_by=actor.participant_id,
            text=clean(text, "text", required=False),
            number=number,
            at=tx.now,
        ),
    )
    tx.conn.execute(insert(DecisionRow), [{"decision_id": decision_id, **row} for row in rows])
    return Done(decision_id, number)


def _settle(
    tx: Tx, row_id: str, version: str, ruling: str, place: int, brackets: bool
) -> dict[str, Any]:
    kind, row, current = row_of(tx, row_id)
    if current != version:
        raise Conflict(
            "edited_meanwhile",
            N_("The wording has changed since it was read. Read the new one and decide again."),
            row=row_id,
            current=current,
        )
    flags = tx.conn.execute(
        select(Flag)
        .where(Flag.row_id == row_id, col(Flag.withdrawn_at).is_(None))
        .order_by(col(Flag.id))
    ).all()
    standing = {flag.flag for flag in flags if flag.taken_up_at is None}
    if why := against_ruling(standing, ruling):
        raise Conflict(why[0], why[1], row=row_id)
    pinned = pinned_row(tx, kind, row, version)
    if ruling != "not_agreed" and not brackets and open_brackets(pinned["text"]):
        raise Conflict("brackets_open", BRACKETS_OPEN, row=row_id)
    return {
        "row_id": row_id,
        "row_kind": kind,
        "wording_version_id": version,
        "pinned": pinned,
        "flags": [_as_stood(flag) for flag in flags if flag.taken_up_at is None],
        "position": place,
    }


def _as_stood(flag: Any) -> dict[str, Any]:
    """A flag as the decision found it; its author is kept beside it only by the author's choice."""
    return {
        "id": flag.id,
        "flag": flag.flag,
        "text": flag.text,
        "passage": flag.passage,
        "wording": flag.wording if flag.flag == "another_wording" else "",
        "by": flag.participant_id if flag.named else None,
    }
