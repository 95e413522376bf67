"""Quadratic voting: n votes for one option cost n² of the ballot's budget.

Score: the sum of the votes; Σ votes² ≤ budget on each ballot. Ties at the cut are reported.
O(ballots · options).
"""

from typing import ClassVar

from app.ballots import Terms
from app.ballots.allocation import Allocation
from app.ballots.numbers import text
from app.methods.allocations import sums
from app.methods.base import Method
from app.methods.case import Case, Params, Reads
from app.methods.outcome import Result
from app.methods.poll import Poll
from app.methods.tiers import cut, in_words, scored, tiers


class QuadraticParams(Params):
    """Whether votes against an option may be given."""

    negative: bool = False


class Quadratic(Method[QuadraticParams]):
    """`diagnostics.costs` lists what each counted ballot spent, in the order of the ballots."""

    id: ClassVar[str] = "quadratic"
    shape = "allocation"
    reads: ClassVar[Reads] = {"budget": None, "seats": None}
    reference = "Lalley and Weyl (2018), Quadratic voting; Posner and Weyl (2018), Radical Markets."
    params = QuadraticParams

    def terms_with(self, poll: Poll, params: QuadraticParams) -> Terms:
        terms = super().terms_with(poll, params)
        return terms.model_copy(update={"squared": True, "negative": params.negative})

    def tally(self, case: Case[QuadraticParams]) -> Result:
        votes = sums(case)
        ranking = tiers(votes)
        winners, ties, decided = cut(ranking, case.poll.seats)
        costs = [body.cost(squared=True) for body, n in case.heads(Allocation) for _ in range(n)]
        return Result(
            winners=winners,
            decided=decided,
            ranking=ranking,
            scores={option: text(total) for option, total in votes.items()},
            ties=ties,
            diagnostics={"costs": [text(cost) for cost in costs]},
            trace=[f"Votes: {scored(ranking, votes)}.", f"Order by votes: {in_words(ranking)}."],
        )
