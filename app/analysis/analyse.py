"""Everything there is to say about a poll beside its outcome."""

from dataclasses import asdict
from typing import Any

from app.analysis.agreement import agreement
from app.analysis.certainty import certainty
from app.analysis.condorcet import condorcet
from app.analysis.groups import by_group
from app.analysis.raters import Row, raters, values
from app.analysis.sensitivity import sensitivity
from app.analysis.spread import by_spread
from app.analysis.stability import Pairs, stability
from app.ballots.numbers import text
from app.methods import METHODS, Poll, adapted, find
from app.methods.case import Case
from app.methods.pairwise import pairwise
from app.methods.rankings import profile
from app.methods.reading import shapes_of

USUAL = {
    "rating": "rating_consensus",
    "ranking": "schulze",
    "approval": "approval",
    "react": "agree_disagree",
    "motion": "motion",
}


def analyse(poll: Poll) -> dict[str, Any]:
    """Agreement and certainty; for rankings direct comparison and sensitivity to the rule, for
    ratings the spread, for reactions the groups; with `previous`, stability. Raises Refused if the
    poll cannot be counted.
    """
    shape = next((shape for shape in USUAL if shape in shapes_of(poll.ballots)), None)
    rule = METHODS[USUAL[shape]] if shape else find(poll.method)
    own = adapted(poll, rule)
    case = rule.prepare(own)
    rows = raters(case)
    found: dict[str, Any] = {"options": list(case.options)}
    found |= {"turnout": case.turnout.model_dump(), **agreement(rows)}
    if shape in ("ranking", "rating"):
        found["certainty"] = certainty(rows, case.options, ranked=shape == "ranking")
    if shape == "ranking":
        found["condorcet"] = asdict(condorcet(pairwise(case.options, profile(case))))
        found["sensitivity"] = sensitivity(own, case.options)
    if shape == "rating":
        found["spread"] = [spelled(asdict(one)) for one in by_spread(own)]
    if shape == "react":
        found["groups"] = by_group(poll.ballots)
    if poll.previous:
        before = rule.prepare(own.model_copy(update={"ballots": poll.previous}))
        found["stability"] = over_time(before, case)
    return found


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
