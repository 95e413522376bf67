"""Recording what a closed round's ballots gave. Counting happens outside; this pins the result."""

from typing import Any

from sqlmodel import col, select

from app.actions.base import Done, Tx, add, load
from app.errors import N_, Refused
from app.methods.digest import digest_of
from app.models import Outcome, Round
from app.policy import Actor, may_facilitate, require
from app.queries.audit import outcome_file


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
    return _add_outcome(tx, round_, earlier.n + 1 if earlier else 1, result)


def break_tie(tx: Tx, actor: Actor, outcome_id: str, result: dict[str, Any], how: str) -> Done:
    """Add a second outcome in which a named step settled a tie; the first one stays."""
    outcome = load(tx, Outcome, outcome_id)
    require(may_facilitate(actor))
    round_ = load(tx, Round, outcome.round_id)
    last = tx.conn.execute(
        select(Outcome.n).where(Outcome.round_id == round_.id).order_by(col(Outcome.n).desc())
    ).first()
    number = (last[0] if last else 0) + 1
    return _add_outcome(tx, round_, number, result, tie_break_of=outcome_id, how=how)


def _add_outcome(
    tx: Tx,
    round_: Any,
    n: int,
    result: dict[str, Any],
    tie_break_of: str | None = None,
    **more: Any,
) -> Done:
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
