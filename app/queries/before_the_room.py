"""What stands before everybody: question, facts, turnout, result. No person is in it."""

from typing import Any

from sqlalchemy import Connection

from app.activities.conditions import conditions_of
from app.activities.sentences import rule_of, voters_of
from app.analysis.electorates import electorates
from app.analysis.strengths import compared
from app.ballots import REPEATED
from app.methods import METHODS, count
from app.policy import Actor
from app.queries.coverage import progress
from app.queries.criteria import scored, shares
from app.queries.polls import poll_of
from app.queries.quorum import quorum_of
from app.queries.realised import realised
from app.queries.results import reasons_of, results
from app.queries.rounds import RoundView, round_view
from app.queries.satisfaction import satisfaction
from app.queries.step import Step, step_now
from app.queries.ties import tie_before
from app.queries.turnout import turnout

NOBODY = Actor()
RECOUNTED = {"ranking", *REPEATED}  # shown with what only the ballots tell


def question(conn: Connection, workshop_id: str, group: str | None = None) -> dict[str, Any]:
    """Step and round as everyone may know them."""
    step = step_now(conn, workshop_id, group)
    return {"step": step, "round": _round(conn, step), "zone": step.workshop.time_zone}


def _round(conn: Connection, step: Step) -> RoundView | None:
    if step.round is None:
        return None
    return round_view(conn, step.workshop.id, step.round.id, NOBODY)


def facts(conn: Connection, workshop_id: str, group: str | None = None) -> dict[str, Any]:
    """How it is decided, who may vote, what comes next."""
    step = step_now(conn, workshop_id, group)
    shown = step.round if step.round is not None and step.round.status != "planned" else None
    return {
        "rule": rule_of(shown) if shown else None,
        "conditions": conditions_of(shown) if shown else [],
        "voters": voters_of(shown) if shown else None,
        "next_item": None if step.workshop.ended_at else step.next_item,
    }


def votes_in(conn: Connection, workshop_id: str, group: str | None = None) -> dict[str, Any]:
    """The turnout of the present round, who is missing where names may be shown, and how far the
    cells are rated that it shares out."""
    step = step_now(conn, workshop_id, group)
    running = step.round is not None and step.round.status != "planned"
    found: dict[str, Any] = {"step": step, "ahead": None, "progress": None}
    if not running:
        return {**found, "turnout": None, "missing": [], "round": None, "quorum": None}
    counted = turnout(conn, step.round.id)
    return {
        **found,
        "turnout": counted,
        "quorum": quorum_of(step.round, counted),
        "missing": counted.missing,
        "round": step.round,
        "progress": progress(conn, step.round),
    }


def outcome(conn: Connection, workshop_id: str, group: str | None = None) -> dict[str, Any]:
    """The present activity's last outcome with all that a page shows of it; whether it may be
    shown is decided by the page's audience."""
    step = step_now(conn, workshop_id, group)
    closed = [r for r in step.rounds if r.status in ("closed", "sealed")]
    if not closed:
        return {"results": None, "step": step}
    return {"step": step, **outcome_of_round(conn, closed[-1].id, step.activity)}


def outcome_of_round(conn: Connection, round_id: str, activity: Any) -> dict[str, Any]:
    """One round's outcome with what is shown around it."""
    found = results(conn, round_id)
    if found is None:
        return {"results": None}
    weighs = "weighs" in activity.settings
    return {
        "results": found,
        "rule": rule_of(found.round),
        "conditions": conditions_of(found.round),
        "satisfaction": satisfaction(conn, found.round, found.data["winners"]),
        "focus": activity.focus,
        "reasons": reasons_of(conn, round_id),
        "poll": poll_of(conn, round_id)
        if found.round.shape in RECOUNTED or found.round.apart or weighs
        else None,
        "weighs": weighs,
        "discussing": activity.stage == "discussing",
        "tie": tie_before(conn, found),
        "realised": realised(found, activity),
    }


def work_out(context: dict[str, Any]) -> dict[str, Any]:
    """What is computed from the fetched outcome, in a thread: the order, the check, the counts."""
    found = context["results"]
    if found is None:
        return {
            "ordered": [], "checks": {}, "consents": {}, "electorates": [], "scored": None,
            "shares": [], "compared": None,
        }  # fmt: skip
    return {
        "ordered": found.widest_first() if context["discussing"] else found.options,
        "checks": _borda_beside(context["poll"]),
        "consents": _consents(found),
        "electorates": _side_by_side(found, context["poll"]),
        "scored": scored(found),
        "shares": shares(found, context["poll"]) if context["weighs"] else [],
        "compared": compared(context["poll"]) if found.round.shape in REPEATED else None,
    }


def _side_by_side(found: Any, poll: Any) -> list[Any]:
    """What States and experts alone would have said, where all of their figures may be shown."""
    if poll is None or not found.round.apart or any("all" in one.counts for one in found.options):
        return []
    return electorates(poll, {one.option.id: one.option.text for one in found.options})


def _borda_beside(poll: Any) -> dict[str, Any]:
    """Borda of the same ballots: shown as a check, never as the result."""
    if poll is None or poll.method == "borda" or METHODS[poll.method].shape != "ranking":
        return {}
    return dict(count(poll.model_copy(update={"method": "borda", "params": {}}), "borda").scores)


def _consents(found: Any) -> dict[str, Any]:
    """How many said what to the whole, which is no option of its own."""
    return dict(found.data["scores"]) if found.round.shape == "consent" else {}
