"""The parking lot: what is put aside so that the meeting goes on, and what became of it."""

from typing import Any

from app.actions.base import Done, Tx, add, change, clean, expect_version, load, meeting, new_id
from app.models import Parked
from app.policy import Actor, may_park, require

LIMIT = 2_000


def park(tx: Tx, actor: Actor, text: str) -> Done:
    """Put a matter aside, under the agenda item at which it came up."""
    require(may_park(actor))
    parked_id = new_id()
    number = tx.log("matter_parked", salted={"by": actor.identity}, parked=parked_id)
    add(
        tx,
        Parked(
            id=parked_id,
            workshop_id=tx.workshop_id,
            agenda_item_id=meeting(tx).current_item_id,
            text=clean(text, "text", limit=LIMIT),
            number=number,
            at=tx.now,
        ),
    )
    return Done(parked_id, number)


def settle_parked(
    tx: Tx, actor: Actor, parked_id: str, version: int | None, fields: dict[str, Any]
) -> Done:
    """Say what became of it: resolved, dropped, or parked again; and in which words."""
    require(may_park(actor))
    now = load(tx, Parked, parked_id)
    expect_version(now, version, {"text": now.text, "answer": now.answer})
    values: dict[str, Any] = {}
    if "text" in fields:
        values["text"] = clean(fields["text"], "text", limit=LIMIT)
    if "answer" in fields:
        values["answer"] = clean(fields["answer"], "answer", limit=LIMIT, required=False)
    if "status" in fields:
        settled = tx.now if fields["status"] != "parked" else None
        values |= {"status": fields["status"], "settled_at": settled}
    change(tx, Parked, parked_id, **values, version=now.version + 1)
    status = values.get("status", now.status)
    return Done(parked_id, tx.log("matter_settled", parked=parked_id, status=status))
