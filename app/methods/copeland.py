"""Copeland: a point for every option beaten, half a point for a tie.

Score: options beaten + 1/2 · options tied with, in pairwise majority. Ties are frequent and
reported; if the majority runs in a circle among them, as a cycle. O(ballots · options²).
"""

from fractions import Fraction
from typing import ClassVar

from app.ballots.numbers import text
from app.methods.case import Case, Reads
from app.methods.outcome import Result
from app.methods.pairwise import copeland_scores, in_a_circle, pairwise, report
from app.methods.rankings import RankingMethod, RankingParams, profile
from app.methods.tiers import cut, in_words, scored, tiers


class Copeland(RankingMethod[RankingParams]):
    id: ClassVar[str] = "copeland"
    reads: ClassVar[Reads] = {"seats": None}
    reference = "Copeland (1951), A reasonable social welfare function; Llull (1299)."
    params = RankingParams

    def tally(self, case: Case[RankingParams]) -> Result:
        matrix = pairwise(case.options, profile(case))
        scores = {
            option: Fraction(doubled, 2) for option, doubled in copeland_scores(matrix).items()
        }
        ranking = tiers(scores)
        winners, ties, decided = cut(ranking, case.poll.seats)
        if decided == "tie" and in_a_circle(matrix, ties[0]):
            decided = "cycle"
        return Result(
            winners=winners,
            decided=decided,
            ranking=ranking,
            scores={option: text(score) for option, score in scores.items()},
            ties=ties,
            diagnostics=report(matrix),
            trace=[
                "Each option is compared with each other one: a win counts 1, a tie one half.",
                "Wins: " + scored(ranking, scores) + ".",
                f"Order by wins: {in_words(ranking)}.",
            ],
        )
