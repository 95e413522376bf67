"""Dot voting (cumulative voting): each ballot spreads its dots over the options.

Score: the sum of the dots, at most the budget on one ballot. Ties at the cut are reported.
O(ballots · options).
"""

from typing import ClassVar

from app.ballots import Terms
from app.ballots.numbers import text
from app.methods.allocations import sums
from app.methods.base import Method
from app.methods.case import Case, Params, Reads
from app.methods.outcome import Result
from app.methods.poll import Poll
from app.methods.tiers import cut, in_words, scored, tiers


class DotVoteParams(Params):
    """The most dots for one option, and whether all have to be given."""

    per_option: int | None = None
    spend_all: bool = False


class DotVote(Method[DotVoteParams]):
    """The poll's `budget` is the number of dots of one ballot."""

    id: ClassVar[str] = "dot_vote"
    shape = "allocation"
    reads: ClassVar[Reads] = {"budget": None, "seats": None}
    reference = "Cumulative voting; Glasser (1959). In workshops: dotmocracy."
    params = DotVoteParams

    def terms_with(self, poll: Poll, params: DotVoteParams) -> Terms:
        return super().terms_with(poll, params).model_copy(update=params.model_dump())

    def tally(self, case: Case[DotVoteParams]) -> Result:
        points = sums(case)
        ranking = tiers(points)
        winners, ties, decided = cut(ranking, case.poll.seats)
        return Result(
            winners=winners,
            decided=decided,
            ranking=ranking,
            scores={option: text(total) for option, total in points.items()},
            ties=ties,
            trace=[f"Dots: {scored(ranking, points)}.", f"Order by dots: {in_words(ranking)}."],
        )
