"""Settling a tie by the step that the round named before it opened; the first outcome stays."""

from typing import Any

from app.actions.base import Done, Tx, load
from app.actions.outcomes import add_outcome, latest_outcome
from app.errors import N_, Refused
from app.methods import Outcome
from app.methods.tie_break import by_chair, by_earlier_stage, by_lot, by_runoff, tie_of
from app.models import Round
from app.policy import Actor, may_break_tie, require
from app.queries.results import outcomes_of
from app.queries.ties import deciding_rounds, published_seed

NONE_DECIDES = {
    "runoff": N_(
        "No run-off has been closed yet. Put those tied, and only them, to the vote in a round of "
        "its own; then repeat this."
    ),
    "earlier_stage": N_("No round that was closed before asked about all of those tied."),
}


def break_tie(
    tx: Tx, actor: Actor, round_id: str, chosen: list[str] | None = None, of: str | None = None
) -> Done:
    """Add a second outcome in which the step named before settled the tie of the first.

    `chosen` are those whom the chair takes; `of` is the run-off or earlier round that decides,
    where several could. A lot is drawn with the head that the log had when the round opened.

    Raises Conflict `tie_stops` where the round named no step; Refused `no_tie`, `not_tied`, and
    `none_decides` without a run-off or an earlier stage.
    """
    round_ = load(tx, Round, round_id)
    require(may_break_tie(actor, round_))
    row = latest_outcome(tx, round_)
    first = Outcome.model_validate(row.result)
    facts: dict[str, Any] = {"how": round_.tie}
    if round_.tie == "chair":
        second = by_chair(first, round_.keep, chosen or [])
    elif round_.tie == "lot":
        facts["seed"] = published_seed(tx.conn, round_)
        second = by_lot(first, round_.keep, facts["seed"])
    else:
        decided_by = _round_that_decides(tx, round_, tie_of(first, round_.keep)[0], of)
        facts["by"] = decided_by.id
        other = Outcome.model_validate(outcomes_of(tx.conn, decided_by.id)[0].result)
        step = by_runoff if round_.tie == "runoff" else by_earlier_stage
        second = step(first, round_.keep, other)
    result = second.model_dump(mode="json")
    return add_outcome(tx, round_, row.n + 1, result, tie_break_of=row.id, **facts)


def _round_that_decides(tx: Tx, round_: Any, tied: list[str], of: str | None) -> Any:
    """The one named, else the latest that can decide."""
    found = [one for one in deciding_rounds(tx.conn, round_, tied) if of in (None, one.id)]
    if not found:
        raise Refused("none_decides", NONE_DECIDES[round_.tie], field="round")
    return found[0]
