"""Schulze: the option that no other one beats along the strongest path of majorities.

A path is as strong as its weakest majority; a stands above b if the strongest path from a to b is
stronger than that from b to a. Several may be first: a tie, or a cycle if the majority runs in a
circle among them. O(ballots · options² + options³).
"""

from typing import ClassVar, Literal

from app.methods.case import Case, Power, Reads
from app.methods.links import opened
from app.methods.orders import layered
from app.methods.outcome import Decided, Result
from app.methods.pairwise import Matrix, beats, in_a_circle, pairwise, report, spelled_matrix
from app.methods.rankings import RankingMethod, RankingParams, profile
from app.methods.tiers import cut, in_words


class SchulzeParams(RankingParams):
    """How strong a majority is: by its votes, or by its lead."""

    strength: Literal["winning_votes", "margins"] = "winning_votes"


class Schulze(RankingMethod[SchulzeParams]):
    id: ClassVar[str] = "schulze"
    reads: ClassVar[Reads] = {"seats": None}
    reference = "Schulze (2011), A new monotonic, clone-independent … election method."
    params = SchulzeParams

    def tally(self, case: Case[SchulzeParams]) -> Result:
        matrix = pairwise(case.options, profile(case))
        paths = strongest_paths(matrix, case.params.strength)
        ranking = layered(paths, lambda a, b: beats(paths, a, b))
        winners, ties, decided = cut(ranking, case.poll.seats)
        if decided == "tie" and in_a_circle(matrix, ties[0]):
            decided = "cycle"
        return Result(
            winners=winners,
            decided=decided,
            ranking=ranking,
            scores={a: str(sum(beats(paths, a, b) for b in paths[a])) for a in paths},
            ties=ties,
            diagnostics=report(matrix) | {"path_strengths": spelled_matrix(paths)},
            trace=self.explain(matrix, ranking, decided),
        )

    def explain(self, matrix: Matrix, ranking: list[list[str]], decided: Decided) -> list[str]:
        winner = report(matrix)["condorcet_winner"]
        first = (
            f"{winner} beats every other option in direct comparison."
            if winner
            else "No option beats every other one, so the strongest paths of majorities decide."
        )
        last = {
            "tie": "The first place is tied.",
            "cycle": "The majority runs in a circle of equal strength.",
        }
        return [
            first,
            f"Order by strongest paths: {in_words(ranking)}.",
            *([last[decided]] if decided in last else []),
        ]


def strongest_paths(matrix: Matrix, strength: str) -> Matrix:
    """p[a][b]: the weakest link of the strongest path from a to b, 0 without a path.

    Majorities are added from the strongest down: the one that first connects two options is the
    weakest link of their strongest path.
    """
    names = list(matrix)
    number = {name: place for place, name in enumerate(names)}
    links = [(link(matrix, a, b, strength), a, b) for a in matrix for b in matrix[a]]
    paths: Matrix = {a: dict.fromkeys(matrix[a], 0) for a in matrix}
    reached = [0] * len(names)
    for power, a, b in sorted((one for one in links if one[0]), reverse=True):
        for start, end in opened(reached, number[a], number[b]):
            if start != end:
                paths[names[start]][names[end]] = power
    return paths


def link(matrix: Matrix, a: str, b: str, strength: str) -> Power:
    """The strength of a's majority over b; 0 without one."""
    if not beats(matrix, a, b):
        return 0
    return matrix[a][b] if strength == "winning_votes" else matrix[a][b] - matrix[b][a]
