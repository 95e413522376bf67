"""Everything there is to say about a poll beside its outcome."""

from dataclasses import asdict
from typing import Any

from app.analysis.agreement import agreement
from app.analysis.certainty import certainty
from app.analysis.condorcet import condorcet
from app.analysis.fairness import fairness
from app.analysis.groups import by_group
from app.analysis.opinion import opinion_groups
from app.analysis.raters import Row, raters, values
from app.analysis.sensitivity import sensitivity
from app.analysis.sentence import sentences
from app.analysis.spread import by_spread
from app.analysis.stability import Pairs, stability
from app.analysis.subgroups import by_subgroup
from app.analysis.verdicts import verdicts
from app.analysis.weights import weight_sensitivity
from app.ballots.numbers import text
from app.methods import METHODS, Outcome, Poll, adapted, find
from app.methods.case import Case
from app.methods.pairwise import pairwise
from app.methods.rankings import profile
from app.methods.reading import shapes_of

TOP = 3
SPOKEN = ("ranking", "rating", "approval", "react", "motion", "consent", "choice")
BOOTSTRAPPED = ("ranking", "rating", "approval", "react")
USUAL = {
    "rating": "rating_consensus",
    "ranking": "schulze",
    "approval": "approval",
    "react": "agree_disagree",
    "motion": "motion",
}


def analyse(poll: Poll) -> dict[str, Any]:
    """Everything about a poll beside its outcome. Raises Refused if the poll cannot be counted.

    Always agreement and who took part; with options to order, certainty (bootstrap), sensitivity to
    the rule with the robust core, and what rests on single groups; for rankings direct comparison,
    for ratings the spread and the four-class verdicts, for reactions the groups, for approvals with
    seats how each region is served, for criteria what each weight decides; with `previous`,
    stability.
    """
    shape = shape_of(poll)
    rule = METHODS[USUAL[shape]] if shape else find(poll.method)
    poll = poll.model_copy(update={"options": list(rule.prepare(adapted(poll, rule)).options)})
    own = adapted(poll, rule)
    case = rule.prepare(own)
    deciding = find(poll.method) if poll.method else rule
    outcome = deciding.count(adapted(poll, deciding))
    top = first_places(poll)
    rows = raters(case)
    found: dict[str, Any] = {"options": list(case.options), "top": top}
    found |= {"turnout": case.turnout.model_dump(), **agreement(rows)}
    if shape in BOOTSTRAPPED:
        found["certainty"] = certainty(case, shape, outcome.method, top)
    others: list[Outcome] = []
    if outcome.ranking:
        found["sensitivity"], others = sensitivity(poll, case.options, top, case.turnout.invalid)
        found["subgroups"] = by_subgroup(adapted(poll, deciding), deciding, outcome, top)
    if deciding.shape in SPOKEN:
        found["sentences"] = [one.data() for one in sentences(poll, outcome, others)]
    if shape == "ranking":
        found["condorcet"] = asdict(condorcet(pairwise(case.options, profile(case))))
    if shape == "rating":
        found["spread"] = [spelled(asdict(one)) for one in by_spread(own)]
        found["verdicts"] = verdicts(poll, case, rule.count(own))
    if shape == "react":
        found |= by_opinion(poll, rows)
    if shape == "approval" and poll.seats and case.votes:
        found["fairness"] = fairness(poll, poll.seats)
    if outcome.method == "weighted_criteria":
        found["weights"] = weight_sensitivity(poll, outcome, top)
    if rule.shape in shapes_of(poll.previous):
        before = rule.prepare(own.model_copy(update={"ballots": poll.previous}))
        found["stability"] = over_time(before, case)
    return found


def shape_of(poll: Poll) -> str | None:
    """The shape that is analysed: of the ballots, and of the poll's method if it names one. A stray
    ballot of another shape is only an invalid one.
    """
    given = shapes_of(poll.ballots)
    if poll.method:
        rule = find(poll.method)
        given &= {rule.shape, *rule.also}
    return next((shape for shape in USUAL if shape in given), None)


def by_opinion(poll: Poll, rows: list[Row]) -> dict[str, Any]:
    """The declared groups; only where there are none, those that the reactions show."""
    declared = by_group(poll.ballots)
    return {"groups": declared, **({} if declared else {"opinion_groups": opinion_groups(rows)})}


def first_places(poll: Poll) -> int:
    """How many first places are looked at: the seats, otherwise three, but never all options."""
    return poll.seats or max(1, min(TOP, len(poll.options) - 1))


def spelled(fields: dict[str, Any]) -> dict[str, Any]:
    """Exact figures as strings."""
    exact = ("median", "iqr", "deviation")
    return {k: text(v) if k in exact and v is not None else v for k, v in fields.items()}


def over_time(before: Case[Any], after: Case[Any]) -> dict[str, Any]:
    """Stability over all answers together, and for each option."""
    matched = matched_rows(before, after)
    everything = [(one[o], two[o]) for one, two in matched for o in sorted(one) if o in two]
    options: dict[str, Pairs] = {
        option: [
            (one[option], two[option]) for one, two in matched if option in one and option in two
        ]
        for option in sorted({option for one, _ in matched for option in one})
    }
    return {
        **stability(everything),
        "options": {option: stability(pairs) for option, pairs in options.items()},
    }


def matched_rows(before: Case[Any], after: Case[Any]) -> list[tuple[Row, Row]]:
    """The answers of each voter in both rounds: by pseudonym, or row by row where there is none."""
    if any(vote.voter for vote in (*before.votes, *after.votes)):
        earlier = {vote.voter: vote for vote in before.votes if vote.voter}
        pairs = [(earlier[v.voter], v) for v in after.votes if v.voter in earlier]
    elif [vote.count for vote in before.votes] == [vote.count for vote in after.votes]:
        pairs = list(zip(before.votes, after.votes, strict=True))
    else:
        pairs = []
    return [
        (values(one.body, after.options), values(two.body, after.options))
        for one, two in pairs
        for _ in range(two.count)
    ]
