"""Recording what a closed round's ballots gave. Counting happens outside; this pins the result."""

from typing import Any

from sqlmodel import col, select

from app.actions.base import Done, Tx, add, goes_on, load
from app.errors import N_, Conflict, Refused
from app.methods.digest import digest_of
from app.models import Outcome, Round
from app.policy import Actor, may_facilitate, require
from app.queries.audit import outcome_file


@goes_on
def record_outcome(tx: Tx, actor: Actor, round_id: str, result: dict[str, Any]) -> Done:
    """Record the outcome of a closed round, once for each close; repeating changes nothing.

    Raises Refused `counted_other` if the result was counted from other ballots than were frozen.
    """
    round_ = load(tx, Round, round_id)
    require(may_facilitate(actor))
    earlier = tx.conn.execute(
        select(Outcome).where(Outcome.round_id == round_id).order_by(col(Outcome.n).desc())
    ).first()
    if round_.status not in ("closed", "sealed"):
        return Done(earlier.id if earlier else "")
    if earlier and earlier.number > round_.closed_number:
        return Done(earlier.id, earlier.number, replayed=True)
    if result["input_digest"] != round_.input_digest:
        raise Refused("counted_other", N_("The count does not belong to the frozen ballots."))
    return add_outcome(tx, round_, earlier.n + 1 if earlier else 1, result)


def latest_outcome(tx: Tx, round_: Any) -> Any:
    """The outcome of the round's last close. Raises Conflict `not_closed` or `counting` while there
    is none.
    """
    if round_.status not in ("closed", "sealed"):
        raise Conflict("not_closed", N_("This round has no outcome yet: it is not closed."))
    found = tx.conn.execute(
        select(Outcome).where(Outcome.round_id == round_.id).order_by(col(Outcome.n).desc())
    ).first()
    if found is None or found.number < round_.closed_number:
        raise Conflict("counting", N_("The ballots are being counted. Repeat it in a moment."))
    return found


def add_outcome(
    tx: Tx,
    round_: Any,
    n: int,
    result: dict[str, Any],
    tie_break_of: str | None = None,
    **more: Any,
) -> Done:
    """Pin one outcome beside the earlier ones; `more` are further facts of its line in the log."""
    number = tx.log(
        "outcome_recorded", round=round_.id, activity=round_.activity_id, outcome=n,
        digest=result["input_digest"], result=digest_of(outcome_file(result)), **more,
    )  # fmt: skip
    outcome = Outcome(
        workshop_id=tx.workshop_id,
        round_id=round_.id,
        n=n,
        method=result["method"],
        method_version=result["version"],
        input_digest=result["input_digest"],
        result=result,
        tie_break_of=tie_break_of,
        number=number,
        at=tx.now,
    )
    return Done(add(tx, outcome), number)
