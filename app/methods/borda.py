"""Borda: points by place.

Score: Σ power · points of the place. Options that share a tier share the mean of its places, so
that every ballot gives the same sum. Ties at the cut are reported. O(ballots · options²), for the
table of pairs.
"""

from fractions import Fraction
from typing import ClassVar, Literal

from app.ballots.numbers import text
from app.methods.case import Case, Power, Reads
from app.methods.outcome import Result
from app.methods.pairwise import pairwise, report
from app.methods.rankings import RankingMethod, RankingParams, Tiers, as_given, profile
from app.methods.tiers import cut, in_words, scored, tiers


class BordaParams(RankingParams):
    """`average`: n−1 … 0 (from `start` 1: n … 1), ties share their mean; `modified`: as many points
    for the first as options are ranked, down to 1, none for the rest; `dowdall`: 1, 1/2, 1/3 …
    """

    start: Literal[0, 1] = 0
    points: Literal["average", "modified", "dowdall"] = "average"


class Borda(RankingMethod[BordaParams]):
    id: ClassVar[str] = "borda"
    reads: ClassVar[Reads] = {"seats": None}
    reference = "Borda (1781); modified: Emerson (2013), The original Borda count; Dowdall: Nauru."
    params = BordaParams

    def tally(self, case: Case[BordaParams]) -> Result:
        scores: dict[str, Power] = dict.fromkeys(case.options, 0)
        full = profile(case)
        for ranked, power in as_given(case) if case.params.points == "modified" else full:
            for option, points in self.points(ranked, case.params).items():
                scores[option] += power * points
        ranking = tiers(scores)
        winners, ties, decided = cut(ranking, case.poll.seats)
        return Result(
            winners=winners,
            decided=decided,
            ranking=ranking,
            scores={option: text(points) for option, points in scores.items()},
            ties=ties,
            diagnostics=report(pairwise(case.options, full)),
            trace=[
                f"Points by place ({case.params.points}, from {case.params.start}).",
                "Points: " + scored(ranking, scores) + ".",
                f"Order by points: {in_words(ranking)}.",
            ],
        )

    def points(self, ranked: Tiers, params: BordaParams) -> dict[str, Power]:
        """The points one ballot gives; options that share a tier share the mean of its places."""
        places = sum(len(tier) for tier in ranked)
        given: dict[str, Power] = {}
        above = 0
        for tier in ranked:
            worth = [self.worth(place, places, params) for place in range(above, above + len(tier))]
            mean = worth[0] if len(tier) == 1 else Fraction(sum(worth)) / len(tier)
            given.update(dict.fromkeys(tier, mean))
            above += len(tier)
        return given

    def worth(self, place: int, places: int, params: BordaParams) -> Power:
        """Points of one place, counted from 0."""
        if params.points == "dowdall":
            return Fraction(1, place + 1)
        if params.points == "modified":
            return places - place
        return places - place - 1 + params.start
