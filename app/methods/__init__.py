"""Rules from ballots to an outcome: pure, exact, one file each. A new method is one file and one
line here.
"""

from typing import Any

from app.errors import N_, Refused
from app.methods.agree_disagree import AgreeDisagree
from app.methods.ahp import Ahp
from app.methods.approval import Approval
from app.methods.base import Method
from app.methods.best_worst import BestWorst
from app.methods.borda import Borda
from app.methods.bradley_terry import BradleyTerry
from app.methods.chnri import Chnri
from app.methods.consent import Consent
from app.methods.cooke import Cooke
from app.methods.copeland import Copeland
from app.methods.dot_vote import DotVote
from app.methods.equal_shares import EqualShares
from app.methods.evidence_judgement import EvidenceJudgement
from app.methods.idea import Idea
from app.methods.impact_feasibility import ImpactFeasibility
from app.methods.irv import Irv
from app.methods.kemeny import Kemeny
from app.methods.linear_pool import LinearPool
from app.methods.minimax import Minimax
from app.methods.motion import Motion
from app.methods.outcome import Outcome, Turnout
from app.methods.pav import Pav
from app.methods.plurality import Plurality
from app.methods.poll import Ballot, Poll
from app.methods.quadratic import Quadratic
from app.methods.ram_appropriateness import RamAppropriateness
from app.methods.rank_sum import RankSum
from app.methods.ranked_pairs import RankedPairs
from app.methods.rating_consensus import RatingConsensus
from app.methods.satisfaction_approval import SatisfactionApproval
from app.methods.schulze import Schulze
from app.methods.score import Score
from app.methods.seq_pav import SeqPav
from app.methods.seq_phragmen import SeqPhragmen
from app.methods.star import Star
from app.methods.stv import Stv
from app.methods.weighted_criteria import WeightedCriteria

METHODS: dict[str, Method[Any]] = {
    method.id: method
    for method in (
        Plurality(),
        Approval(),
        Motion(),
        Consent(),
        EvidenceJudgement(),
        AgreeDisagree(),
        DotVote(),
        Score(),
        Star(),
        Quadratic(),
        Borda(),
        Copeland(),
        Schulze(),
        RankedPairs(),
        Kemeny(),
        Minimax(),
        Irv(),
        Stv(),
        RankSum(),
        SatisfactionApproval(),
        SeqPav(),
        Pav(),
        SeqPhragmen(),
        EqualShares(),
        WeightedCriteria(),
        Chnri(),
        ImpactFeasibility(),
        RatingConsensus(),
        RamAppropriateness(),
        BradleyTerry(),
        BestWorst(),
        Ahp(),
        Idea(),
        LinearPool(),
        Cooke(),
    )
}


def count(poll: Poll, method: str | None = None) -> Outcome:
    """The outcome of a poll under its own method, or under another one as a check.

    Parameters that mean nothing to the other method are left out, and a warning says so. Raises
    Refused (`unknown_method`, `wrong_shape`, or what is wrong with the poll).
    """
    rule = find(method or poll.method)
    if method is None or poll.method in (None, method):
        return rule.count(poll)
    known = set(rule.params.model_fields)
    kept = {name: value for name, value in poll.params.items() if name in known}
    outcome = rule.count(poll.model_copy(update={"params": kept}))
    foreign = [
        f"The parameter “{name}” means nothing to {rule.id}."
        for name in poll.params
        if name not in known
    ]
    return outcome.model_copy(update={"warnings": [*outcome.warnings, *foreign]})


def find(method: str | None) -> Method[Any]:
    """The method of an id; raises `unknown_method` naming those there are."""
    if method in METHODS:
        return METHODS[method]
    if method is None:
        raise Refused(
            "unknown_method", N_("Please name a method: the poll does not say by which to count.")
        )
    raise Refused(
        "unknown_method",
        N_("There is no method “{name}”. There are: {known}."),
        name=method,
        known=", ".join(METHODS),
    )


__all__ = ["METHODS", "Ballot", "Method", "Outcome", "Poll", "Turnout", "count", "find"]
