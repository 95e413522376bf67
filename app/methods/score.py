"""Score voting: options in the order of their median or mean.

Median and mean of the answers given; “no opinion” is no answer. Order: median, then mean (or the
other way round), then the share of the highest answer; what is equal in all three is a tie.
O(answers · log answers).
"""

from fractions import Fraction
from typing import ClassVar, Literal

from app.ballots.numbers import text
from app.methods.base import Method
from app.methods.case import Case, Params, Reads
from app.methods.outcome import Result
from app.methods.ratings import Rated, answered, rated
from app.methods.statistics import mean, median
from app.methods.tiers import cut, in_words, tiers_by


class ScoreParams(Params):
    """What orders the options first; the other one breaks its ties, and then the share of the
    highest answer.
    """

    by: Literal["median", "mean"] = "median"


class Score(Method[ScoreParams]):
    id: ClassVar[str] = "score"
    shape = "rating"
    reads: ClassVar[Reads] = {"scale": None, "seats": None}
    weighted = False
    reference = "Score (range) voting; “no opinion” is left out of median and mean, and n is shown."
    params = ScoreParams

    def tally(self, case: Case[ScoreParams]) -> Result:
        options = rated(case)
        highest = max(
            (value for answers in options.values() for value in answers.values[-1:]),
            default=Fraction(0),
        )
        top = Fraction(case.poll.scale.max) if case.poll.scale else highest
        by = case.params.by

        def key(option: str) -> tuple[Fraction, ...]:
            middle, average = options[option].center
            first = (middle, average) if by == "median" else (average, middle)
            return (*first, options[option].share_from(top))

        ranking = tiers_by(options, key)
        winners, ties, decided = cut(answered(ranking, options), case.poll.seats)
        return Result(
            winners=winners,
            decided=decided,
            ranking=ranking,
            scores={option: self.score(answers, by) for option, answers in options.items()},
            ties=ties,
            diagnostics={
                "options": {
                    option: answers.figures() | {"top_share": float(answers.share_from(top))}
                    for option, answers in options.items()
                }
            },
            trace=[self.order(by, top) + in_words(ranking) + "."],
        )

    def order(self, by: str, top: Fraction) -> str:
        then = "mean" if by == "median" else "median"
        return f"Order by {by}, then {then}, then share of {text(top)}: "

    def score(self, answers: Rated, by: str) -> str | None:
        if not answers.values:
            return None
        return text(median(answers.values) if by == "median" else mean(answers.values))
