"""What stands before everybody: question, facts, turnout, result. No person is in it."""

from typing import Any

from sqlalchemy import Connection

from app.activities.sentences import rule_of, voters_of
from app.methods import METHODS, count
from app.policy import Actor
from app.queries.polls import poll_of
from app.queries.results import reasons_of, results
from app.queries.rounds import RoundView, round_view
from app.queries.step import Step, step_now
from app.queries.ties import tie_before
from app.queries.turnout import missing, turnout

NOBODY = Actor()


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
        "voters": voters_of(shown) if shown else None,
        "next_item": None if step.workshop.ended_at else step.next_item,
    }


def votes_in(conn: Connection, workshop_id: str, group: str | None = None) -> dict[str, Any]:
    """The turnout of the present round, and who is missing where names may be shown."""
    step = step_now(conn, workshop_id, group)
    running = step.round is not None and step.round.status != "planned"
    if not running:
        return {"turnout": None, "missing": [], "round": None, "step": step}
    return {
        "turnout": turnout(conn, step.round.id),
        "missing": missing(conn, step.round.id),
        "round": step.round,
        "step": step,
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
    return {
        "results": found,
        "rule": rule_of(found.round),
        "focus": activity.focus,
        "reasons": reasons_of(conn, round_id),
        "poll": poll_of(conn, round_id) if found.round.shape == "ranking" else None,
        "discussing": activity.stage == "discussing",
        "tie": tie_before(conn, found),
    }


def work_out(context: dict[str, Any]) -> dict[str, Any]:
    """What is computed from the fetched outcome, in a thread: the order, the check, the counts."""
    found = context["results"]
    if found is None:
        return {"ordered": [], "checks": {}, "consents": {}}
    return {
        "ordered": found.widest_first() if context["discussing"] else found.options,
        "checks": _borda_beside(context["poll"]),
        "consents": _consents(found),
    }


def _borda_beside(poll: Any) -> dict[str, Any]:
    """Borda of the same ballots: shown as a check, never as the result."""
    if poll is None or poll.method == "borda" or "borda" not in METHODS:
        return {}
    return dict(count(poll.model_copy(update={"method": "borda", "params": {}}), "borda").scores)


def _consents(found: Any) -> dict[str, int]:
    counts: dict[str, int] = {}
    for option in found.options:
        for value, n in option.total.items():
            counts[value] = counts.get(value, 0) + n
    return counts
