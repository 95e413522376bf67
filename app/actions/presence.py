"""Marks of having seen: what separates "not seen" from "not answered". They take no number."""

from sqlalchemy import update
from sqlmodel import col

from app.actions.base import Done, Tx, goes_on, load
from app.actions.reasons import own_entry
from app.models import RegisterEntry, Round
from app.policy import Actor, may_see_meeting, require


@goes_on
def see_round(tx: Tx, actor: Actor, round_id: str) -> Done:
    """The round's form stood before this voter. Not logged: seeing is nobody else's business."""
    round_ = load(tx, Round, round_id)
    require(may_see_meeting(actor))
    entry = own_entry(tx, actor, round_)
    if entry is not None and round_.secrecy != "secret":
        tx.conn.execute(
            update(RegisterEntry)
            .where(col(RegisterEntry.id) == entry.id, col(RegisterEntry.seen_at).is_(None))
            .values(seen_at=tx.now)
        )
    return Done(round_id)
