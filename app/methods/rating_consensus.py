"""Rating with a stated rule for agreement and for consensus, as in a Delphi round.

Agreed: median ≥ `agree_from`; rejected: median ≤ `disagree_to`; consensus: q3 − q1 ≤ `iqr_max`,
quartiles of type 7. Agreement and consensus are two verdicts. Order: median, mean, share from
`agree_from`; what is equal in all three is a tie. O(answers · log answers).
"""

from fractions import Fraction
from itertools import chain
from typing import Any, ClassVar

from app.ballots.numbers import Number, exact, text
from app.methods.base import Method
from app.methods.case import Case, Params, Reads
from app.methods.outcome import Result
from app.methods.ratings import Q1, Q3, Rated, answered, rated
from app.methods.statistics import median, quantile
from app.methods.tiers import cut, in_words, listed, tiers_by


class ConsensusParams(Params):
    """Agreed from this median on, rejected up to that one; consensus if the interquartile range is
    no wider. The defaults are for a scale of 1–9.
    """

    agree_from: Number = 7
    disagree_to: Number = 3
    iqr_max: Number = 3


class RatingConsensus(Method[ConsensusParams]):
    """Order by median, then mean, then the share from `agree_from` up.

    Winners are all that is agreed with consensus, or, with seats, the first so many of the order.
    """

    id: ClassVar[str] = "rating_consensus"
    shape = "rating"
    reads: ClassVar[Reads] = {"scale": None, "seats": None}
    weighted = False
    reference = (
        "Diamond et al. (2014), Defining consensus: a systematic review of Delphi studies; "
        "quartiles: Hyndman and Fan (1996), type 7."
    )
    params = ConsensusParams

    def tally(self, case: Case[ConsensusParams]) -> Result:
        options = rated(case)
        top = exact(case.params.agree_from)
        ranking = tiers_by(options, lambda o: (*options[o].center, options[o].share_from(top)))
        figures = {o: self.figures(answers, case.params) for o, answers in options.items()}
        agreed = [
            option
            for option in chain.from_iterable(ranking)
            if figures[option]["agreement"] == "agree" and figures[option]["consensus"]
        ]
        winners, ties, decided = cut(answered(ranking, options), case.poll.seats)
        if case.poll.seats is None:
            winners, ties, decided = agreed, [], "yes" if agreed else "no"
        return Result(
            winners=winners,
            decided=decided,
            ranking=ranking,
            scores={o: text(median(a.values)) if a.values else None for o, a in options.items()},
            ties=ties,
            diagnostics={"options": figures},
            trace=[
                self.rule(case.params),
                f"Order by median, then mean, then share from {text(top)}: {in_words(ranking)}.",
                f"Agreed with consensus: {listed(agreed)}.",
            ],
            warnings=self.beside_the_scale(case),
        )

    def rule(self, params: ConsensusParams) -> str:
        return (
            f"Agreed: median from {params.agree_from}; rejected: up to {params.disagree_to}; "
            f"consensus: interquartile range up to {params.iqr_max}."
        )

    def figures(self, answers: Rated, params: ConsensusParams) -> dict[str, Any]:
        """The figures of one option with its two verdicts; both null where nobody answered."""
        share = float(answers.share_from(exact(params.agree_from)))
        figures = answers.figures() | {"share_from": share}
        if not answers.values:
            return figures | {"agreement": None, "consensus": None}
        middle = median(answers.values)
        width = quantile(answers.values, Q3) - quantile(answers.values, Q1)
        return figures | {
            "agreement": agreement(middle, params),
            "consensus": width <= exact(params.iqr_max),
        }

    def beside_the_scale(self, case: Case[ConsensusParams]) -> list[str]:
        scale, params = case.poll.scale, case.params
        if scale is None or scale.min <= params.disagree_to < params.agree_from <= scale.max:
            return []
        return ["The limits for agreement do not lie on this scale; state them for it."]


def agreement(middle: Fraction, params: ConsensusParams) -> str:
    """What the median says."""
    if middle >= exact(params.agree_from):
        return "agree"
    return "disagree" if middle <= exact(params.disagree_to) else "neither"
