"""What an open round's ballots give so far, where its setting lets people see that.

"Always": everybody, on every screen. "After one's own vote": each person for themselves, also
between the close and the publication. It is counted anew from the live ballots, never stored.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from app.activities.sentences import rule_of
from app.methods import count
from app.policy import Actor, may_see_standing
from app.queries.polls import poll_of
from app.queries.results import Results, distribution, in_order
from app.queries.rounds import options_of, own_ballots, round_view
from app.queries.step import Step, step_now

NOTHING: dict[str, Any] = {"so_far": None, "results": None, "each_alone": False, "round": None}


@dataclass(frozen=True)
class SoFar:
    """A count that nothing is decided by: of these ballots, with no number of its own."""

    result: dict[str, Any]
    n: int = 0


def standing(conn: Connection, workshop_id: str, group: str | None = None) -> dict[str, Any]:
    """For everybody: the ballots to count, or that each person fetches it for themselves."""
    step = step_now(conn, workshop_id, group)
    if step.round is None or step.round.status == "planned":
        return NOTHING
    if step.round.results == "after_own_vote" and not step.round.published_participants:
        return {**NOTHING, "each_alone": True, "round": step.round}
    if step.round.results == "always" and step.round.status in ("open", "closing"):
        return _ballots(conn, step)
    return NOTHING


def own_standing(conn: Connection, workshop_id: str, actor: Actor) -> dict[str, Any]:
    """For one person: the ballots to count if they may see what they give."""
    step = step_now(conn, workshop_id, actor.group_id)
    if step.round is None or step.round.status == "planned":
        return NOTHING
    view = round_view(conn, workshop_id, step.round.id, actor)
    voted = bool(own_ballots(conn, step.round.id, view.own))
    if may_see_standing(actor, step.round, voted):
        return _ballots(conn, step)
    return {**NOTHING, "round": step.round}


def _ballots(conn: Connection, step: Step) -> dict[str, Any]:
    round_ = step.round
    return {
        **NOTHING,
        "round": round_,
        "rule": rule_of(round_),
        "so_far": poll_of(conn, round_.id),
        "shown": (options_of(conn, round_), distribution(conn, round_)),
    }


def count_so_far(context: dict[str, Any]) -> dict[str, Any]:
    """Count what was fetched; in a thread, since a rule may be heavy."""
    if context["so_far"] is None:
        return {"ordered": []}
    result = count(context["so_far"]).model_dump(mode="json")
    found = Results(context["round"], SoFar(result), [], in_order(result, *context["shown"]))
    return {"results": found, "ordered": found.options, "focus": None, "checks": {}, "consents": {}}
