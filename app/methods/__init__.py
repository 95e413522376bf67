"""Rules from ballots to an outcome: pure, exact, one file each.

A new method is one file, named by its id, and one line here.
"""

from typing import Any

from app.errors import N_, Refused
from app.methods.base import Method
from app.methods.outcome import Outcome, Turnout
from app.methods.poll import Ballot, Poll
from app.methods.registry import Registry

METHODS = Registry(
    {
        "plurality": "Plurality",
        "approval": "Approval",
        "motion": "Motion",
        "consent": "Consent",
        "evidence_judgement": "EvidenceJudgement",
        "agree_disagree": "AgreeDisagree",
        "dot_vote": "DotVote",
        "score": "Score",
        "star": "Star",
        "quadratic": "Quadratic",
        "borda": "Borda",
        "copeland": "Copeland",
        "schulze": "Schulze",
        "ranked_pairs": "RankedPairs",
        "kemeny": "Kemeny",
        "minimax": "Minimax",
        "irv": "Irv",
        "stv": "Stv",
        "rank_sum": "RankSum",
        "satisfaction_approval": "SatisfactionApproval",
        "seq_pav": "SeqPav",
        "pav": "Pav",
        "seq_phragmen": "SeqPhragmen",
        "equal_shares": "EqualShares",
        "weighted_criteria": "WeightedCriteria",
        "chnri": "Chnri",
        "impact_feasibility": "ImpactFeasibility",
        "rating_consensus": "RatingConsensus",
        "ram_appropriateness": "RamAppropriateness",
        "bradley_terry": "BradleyTerry",
        "best_worst": "BestWorst",
        "ahp": "Ahp",
        "idea": "Idea",
        "linear_pool": "LinearPool",
        "cooke": "Cooke",
    }
)


def count(poll: Poll, method: str | None = None) -> Outcome:
    """The outcome of a poll under its own method, or under another one as a check.

    Parameters that mean nothing to the other method are left out, and a warning says so. Raises
    Refused (`unknown_method`, `wrong_shape`, or what is wrong with the poll).
    """
    rule = find(method or poll.method)
    if method is None or poll.method in (None, method):
        return rule.count(poll)
    outcome = rule.count(adapted(poll, rule))
    foreign = [
        f"The parameter “{name}” means nothing to {rule.id}."
        for name in poll.params
        if name not in rule.params.model_fields
    ]
    return outcome.model_copy(update={"warnings": [*outcome.warnings, *foreign]})


def adapted(poll: Poll, rule: Method[Any]) -> Poll:
    """The poll with only those parameters that mean something to the rule."""
    known = rule.params.model_fields
    kept = {name: value for name, value in poll.params.items() if name in known}
    return poll.model_copy(update={"params": kept})


def find(method: str | None) -> Method[Any]:
    """The method of an id; raises `unknown_method` naming those there are."""
    if method is None:
        raise Refused(
            "unknown_method", N_("Please name a method: the poll does not say by which to count.")
        )
    if method in METHODS:
        return METHODS[method]
    raise Refused(
        "unknown_method",
        N_("There is no method “{name}”. There are: {known}."),
        name=method,
        known=", ".join(METHODS),
    )


__all__ = ["METHODS", "Ballot", "Method", "Outcome", "Poll", "Turnout", "adapted", "count", "find"]
