"""Minimax: the option whose worst defeat is the mildest.

Score: the largest defeat in direct comparison, by the votes for the other side or by its lead. Ties
are reported; if the majority runs in a circle among them, as a cycle. O(ballots · options²).
"""

from typing import ClassVar, Literal

from app.ballots.numbers import text
from app.methods.case import Case, Power, Reads
from app.methods.outcome import Result
from app.methods.pairwise import Matrix, beats, in_a_circle, pairwise, report
from app.methods.rankings import RankingMethod, RankingParams, profile
from app.methods.tiers import cut, in_words, scored, tiers_by


class MinimaxParams(RankingParams):
    """How bad a defeat is: by the votes of the other side, or by its lead."""

    strength: Literal["winning_votes", "margins"] = "winning_votes"


class Minimax(RankingMethod[MinimaxParams]):
    id: ClassVar[str] = "minimax"
    reads: ClassVar[Reads] = {"seats": None}
    reference = "Simpson (1969); Kramer (1977)."
    params = MinimaxParams

    def tally(self, case: Case[MinimaxParams]) -> Result:
        matrix = pairwise(case.options, profile(case))
        worst = {option: worst_defeat(matrix, option, case.params.strength) for option in matrix}
        ranking = tiers_by(matrix, lambda option: -worst[option])
        winners, ties, decided = cut(ranking, case.poll.seats)
        if decided == "tie" and in_a_circle(matrix, ties[0]):
            decided = "cycle"
        return Result(
            winners=winners,
            decided=decided,
            ranking=ranking,
            scores={option: text(defeat) for option, defeat in worst.items()},
            ties=ties,
            diagnostics=report(matrix),
            trace=[
                "Each option is judged by its worst defeat; 0 means that nothing beats it.",
                "Worst defeats: " + scored(ranking, worst) + ".",
                f"Order, mildest first: {in_words(ranking)}.",
            ],
        )


def worst_defeat(matrix: Matrix, option: str, strength: str) -> Power:
    """The largest defeat of an option in direct comparison, 0 if nothing beats it."""
    return max(
        (
            matrix[other][option] - (matrix[option][other] if strength == "margins" else 0)
            for other in matrix[option]
            if beats(matrix, other, option)
        ),
        default=0,
    )
