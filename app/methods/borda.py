"""Borda: points by place.

Score: Σ power · points of the place. Options that share a tier share the mean of its places, so
that every ballot gives the same sum. Ties at the cut are reported. O(ballots · options²), for the
table of pairs.
"""

from fractions import Fraction
from functools import cache, partial
from typing import ClassVar, Literal

from app.ballots.numbers import text
from app.methods.case import Case, Power, Reads
from app.methods.outcome import Result
from app.methods.pairwise import pairwise, report
from app.methods.rankings import RankingMethod, RankingParams, as_given, filled
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
        given = as_given(case)
        full = filled(case, given)
        worth = cache(partial(self.worth, params=case.params))
        for ranked, power in given if case.params.points == "modified" else full:
            places = sum(map(len, ranked))
            above = 0
            for tier in ranked:
                points = power * worth(above, len(tier), places)
                above += len(tier)
                for option in tier:
                    scores[option] += points
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

    def worth(self, above: int, shared: int, places: int, params: BordaParams) -> Power:
        """The points of each option of a tier: the mean of the places that it takes."""
        points = [self.point(place, places, params) for place in range(above, above + shared)]
        return points[0] if shared == 1 else Fraction(sum(points)) / shared

    def point(self, place: int, places: int, params: BordaParams) -> Power:
        """Points of one place, counted from 0."""
        if params.points == "dowdall":
            return Fraction(1, place + 1)
        if params.points == "modified":
            return places - place
        return places - place - 1 + params.start
