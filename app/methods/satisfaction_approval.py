"""Satisfaction approval: each ballot splits one vote equally over all it approves of.

Score: Σ power / number approved on the ballot. Ties at the cut are reported. O(ballots · options).
"""

from fractions import Fraction
from typing import ClassVar

from app.ballots.approval import Approval
from app.ballots.numbers import text
from app.methods.base import Method
from app.methods.case import Case, Params, Power, Reads
from app.methods.outcome import Result
from app.methods.tiers import cut, in_words, scored, tiers


class SatisfactionApproval(Method[Params]):
    id: ClassVar[str] = "satisfaction_approval"
    shape = "approval"
    reads: ClassVar[Reads] = {"seats": None}
    reference = "Brams and Kilgour (2014), Satisfaction approval voting."
    params = Params

    def tally(self, case: Case[Params]) -> Result:
        by_size: dict[int, dict[str, Power]] = {}
        for body, power in case.answers(Approval):
            votes = by_size.setdefault(len(body.approval), dict.fromkeys(case.options, 0))
            for option in body.approval:
                votes[option] += power
        shares = {
            option: sum((Fraction(votes[option]) / n for n, votes in by_size.items()), Fraction(0))
            for option in case.options
        }
        ranking = tiers(shares)
        winners, ties, decided = cut(ranking, case.poll.seats)
        return Result(
            winners=winners,
            decided=decided,
            ranking=ranking,
            scores={option: text(share) for option, share in shares.items()},
            ties=ties,
            trace=[
                f"Shares of votes: {scored(ranking, shares)}.",
                f"Order by shares: {in_words(ranking)}.",
            ],
        )
