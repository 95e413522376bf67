"""Rank sum: the places an option was given, added up; the smallest sum comes first.

Score: Σ power · place. Options that share a tier share the mean of its places; equal sums are ties.
O(ballots · options).
"""

from fractions import Fraction
from typing import ClassVar

from app.ballots.numbers import text
from app.methods.case import Case, Power, Reads
from app.methods.outcome import Result
from app.methods.rankings import RankingMethod, RankingParams, profile
from app.methods.tiers import cut, in_words, scored, tiers_by


class RankSum(RankingMethod[RankingParams]):
    """Options that share a place share the mean of the places they fill; so do those not ranked."""

    id: ClassVar[str] = "rank_sum"
    reads: ClassVar[Reads] = {"seats": None}
    reference = "Sums of ranks over groups, as in James Lind Alliance priority-setting workshops."
    params = RankingParams

    def tally(self, case: Case[RankingParams]) -> Result:
        sums: dict[str, Power] = dict.fromkeys(case.options, 0)
        for ranked, power in profile(case):
            above = 0
            for tier in ranked:
                place = above + (Fraction(len(tier) + 1, 2) if len(tier) > 1 else 1)
                for option in tier:
                    sums[option] += power * place
                above += len(tier)
        ranking = tiers_by(sums, lambda option: -sums[option])
        winners, ties, decided = cut(ranking, case.poll.seats)
        return Result(
            winners=winners,
            decided=decided,
            ranking=ranking,
            scores={option: text(total) for option, total in sums.items()},
            ties=ties,
            trace=[
                f"Sums of places: {scored(ranking, sums)}.",
                f"Order, smallest sum first: {in_words(ranking)}.",
            ],
        )
