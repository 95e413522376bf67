"""Plurality: the option named most often.

Score: the power of the ballots that name the option; of rankings, their first preferences, a tied
first place shared equally. Ties at the cut are reported. O(ballots).
"""

from typing import ClassVar

from app.ballots import Terms
from app.ballots.choice import Choice
from app.ballots.numbers import text
from app.methods.base import Method
from app.methods.case import Case, Power, Reads
from app.methods.first_preferences import first_preferences
from app.methods.outcome import Result
from app.methods.poll import Poll
from app.methods.rankings import RankingParams, as_given
from app.methods.tiers import cut, in_words, scored, tiers


class PluralityParams(RankingParams):
    """How many options one ballot may name; of rankings the first preference counts."""

    least: int = 0
    most: int | None = 1


class Plurality(Method[PluralityParams]):
    id: ClassVar[str] = "plurality"
    shape = "choice"
    also = ("ranking",)
    reads: ClassVar[Reads] = {"seats": None}
    reference = "Single or multiple choice; the largest number of votes wins, a majority or not."
    params = PluralityParams

    def terms_with(self, poll: Poll, params: PluralityParams) -> Terms:
        limits = {
            "least": params.least,
            "most": params.most,
            "ties": params.ties,
            "complete": params.complete,
        }
        return super().terms_with(poll, params).model_copy(update=limits)

    def tally(self, case: Case[PluralityParams]) -> Result:
        scores: dict[str, Power] = first_preferences(as_given(case), case.options)[0]
        for body, power in case.answers(Choice):
            for option in body.choice:
                scores[option] += power
        ranking = tiers(scores)
        winners, ties, decided = cut(ranking, case.poll.seats)
        return Result(
            winners=winners,
            decided=decided,
            ranking=ranking,
            scores={option: text(scores[option]) for option in case.options},
            ties=ties,
            trace=[
                "Votes: " + scored(ranking, scores) + ".",
                f"Order by votes: {in_words(ranking)}.",
            ],
        )
