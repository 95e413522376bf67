"""Kemeny: the order that agrees with the most pairwise preferences of the ballots; all of them, if
several.

Score of an order: Σ d[a,b] over all a above b, d being the power that ranks a above b. Those first
in some best order tie. O(2ⁿ · n), so at most 20 options; from 13 on it is heavy.
"""

from fractions import Fraction
from math import lcm
from typing import Any, ClassVar

from app.ballots.numbers import text
from app.errors import N_, Refused
from app.methods.case import Case, Power, Reads
from app.methods.kemeny_search import LIVE, MOST, Search
from app.methods.orders import layered
from app.methods.outcome import Result
from app.methods.pairwise import Matrix, pairwise, report
from app.methods.poll import Poll
from app.methods.rankings import RankingMethod, RankingParams, profile
from app.methods.tiers import cut, in_words

LARGEST = 20


class Kemeny(RankingMethod[RankingParams]):
    """Exact, by dynamic programming over all subsets (Held and Karp), up to 20 options."""

    id: ClassVar[str] = "kemeny"
    reads: ClassVar[Reads] = {"seats": None}
    reference = "Kemeny (1959), Mathematics without numbers; Young and Levenglick (1978)."
    params = RankingParams

    def heavy(self, poll: Poll) -> str | None:
        if len(poll.options) <= LIVE:
            return None
        return f"Kemeny weighs every order of {len(poll.options)} options, which takes a while."

    def check_size(self, options: int, seats: int | None) -> None:
        if options > LARGEST:
            raise Refused(
                "too_heavy",
                N_(
                    "Kemeny can order at most {largest} options; this poll has {number}. Schulze "
                    "orders any number by the same comparisons."
                ),
                largest=LARGEST,
                number=options,
            )

    def tally(self, case: Case[RankingParams]) -> Result:
        options = sorted(case.options)
        matrix = pairwise(options, profile(case))
        unit = common_unit(matrix)
        search = Search([[int(matrix[a].get(b, 0) * unit) for b in options] for a in options])
        ranking = layered(options, lambda a, b: search.always(options.index(a), options.index(b)))
        firsts = [options[n] for n in search.firsts()]
        winners, ties, decided = cut(ranking, case.poll.seats)
        if len(firsts) > 1 and (case.poll.seats or 1) == 1:
            winners, ties, decided = firsts, [firsts], "tie"
        score = text(Fraction(search.best, unit))
        rankings = [[options[n] for n in order] for order in search.orders()]
        return Result(
            winners=winners,
            decided=decided,
            ranking=ranking,
            ties=ties,
            diagnostics=report(matrix) | {"score": score, "rankings": as_tiers(rankings)},
            trace=[
                f"The best order agrees with {score} pairwise preferences.",
                f"Orders that reach it: {count_of(rankings)}.",
                f"Order, as far as they agree: {in_words(ranking)}.",
            ],
        )


def common_unit(matrix: Matrix) -> int:
    """What makes all powers whole."""
    powers: list[Power] = [power for row in matrix.values() for power in row.values()]
    return lcm(1, *(Fraction(power).denominator for power in powers))


def as_tiers(rankings: list[list[str]]) -> list[list[list[Any]]]:
    return [[[option] for option in ranking] for ranking in rankings]


def count_of(rankings: list[list[str]]) -> str:
    return f"{MOST} or more" if len(rankings) == MOST else str(len(rankings))
