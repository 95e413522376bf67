"""What an open round's ballots give so far, where its setting lets people see that.

"Always": everybody, on every screen. "After one's own vote": each person for themselves, also
between the close and the publication. It is counted anew from the live ballots, never stored.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from app.activities.conditions import conditions_of
from app.activities.delphi import rules_of
from app.activities.sentences import rule_of
from app.analysis.strengths import compared
from app.ballots import REPEATED
from app.methods import count
from app.policy import Actor, may_see_standing
from app.queries.criteria import scored, shares
from app.queries.feedback import Feedback, beside, own_answers, reasons_by_side
from app.queries.polls import poll_of
from app.queries.results import Results, distribution, in_order
from app.queries.rounds import RoundView, options_of, own_ballots, round_view
from app.queries.step import Step, step_now

NOTHING: dict[str, Any] = {
    "so_far": None, "results": None, "each_alone": False, "round": None, "answered": None,
    "said": {}, "told": [],
}  # fmt: skip


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
        return {**_ballots(conn, step), **_roundless(conn, step, view, actor)}
    return {**NOTHING, "round": step.round}


def _roundless(conn: Connection, step: Step, view: RoundView, actor: Actor) -> dict[str, Any]:
    """A Delphi without rounds tells each person of those items alone that they have answered."""
    rules = rules_of(step.activity)
    if rules is None or not rules.roundless:
        return {}
    own = own_answers(conn, step.round, actor)
    reasons = reasons_by_side(conn, rules, step.round)
    return {"answered": own, "said": {option: reasons.get(option, {}) for option in own}}


def _ballots(conn: Connection, step: Step) -> dict[str, Any]:
    round_ = step.round
    return {
        **NOTHING,
        "round": round_,
        "rule": rule_of(round_),
        "conditions": conditions_of(round_),
        "so_far": poll_of(conn, round_.id),
        "weighs": "weighs" in step.activity.settings,
        "shown": (options_of(conn, round_), distribution(conn, round_)),
    }


def count_so_far(context: dict[str, Any]) -> dict[str, Any]:
    """Count what was fetched; in a thread, since a rule may be heavy."""
    if context["so_far"] is None:
        return {"ordered": []}
    result = count(context["so_far"]).model_dump(mode="json")
    many = context["round"].shape in REPEATED
    found = Results(context["round"], SoFar(result), [], in_order(result, *context["shown"]))
    return {
        "results": found, "ordered": found.options, "focus": None, "checks": {}, "consents": {},
        "satisfaction": [], "scored": scored(found), "told": _told(context, found),
        "compared": compared(context["so_far"]) if many else None,
        "shares": shares(found, context["so_far"]) if context["weighs"] else [],
    }  # fmt: skip


def _told(context: dict[str, Any], found: Results) -> list[Feedback]:
    """What a roundless Delphi tells one person, in the order of the form."""
    own, said = context["answered"], context["said"]
    return [
        beside(one, own[one.option.id], said[one.option.id], context["round"].n)
        for option in context["shown"][0]
        for one in found.options
        if one.option.id == option.id and option.id in (own or {})
    ]
