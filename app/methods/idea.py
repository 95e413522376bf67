"""IDEA: lowest, best and highest guesses brought to one confidence, then averaged.

Pooled by the arithmetic mean of L′, B, U′ (Hemming et al.; the formula as commonly given). There is
nothing to win; questions of equal best guess share a tier. O(answers).
"""

from fractions import Fraction
from typing import Any, ClassVar

from app.ballots.interval import Guess, Interval
from app.ballots.numbers import Number, exact, text
from app.methods.base import Method
from app.methods.case import Case, Params, Reads
from app.methods.outcome import Result
from app.methods.ratings import number
from app.methods.statistics import mean, median
from app.methods.tiers import tiers_by

PARTS = ("low", "best", "high")


class IdeaParams(Params):
    """The confidence in percent that all ranges are brought to."""

    level: Number = 80


class Idea(Method[IdeaParams]):
    """A range given with confidence S becomes B − (B − L)·C/S to B + (U − B)·C/S, kept within the
    scale; one given without a confidence stays as it is. Experts count alike.
    """

    id: ClassVar[str] = "idea"
    shape = "interval"
    reads: ClassVar[Reads] = {"scale": None}
    weighted = False
    reference = "Hemming et al. (2018), A practical guide to structured expert elicitation (IDEA)."
    params = IdeaParams

    def tally(self, case: Case[IdeaParams]) -> Result:
        guesses: dict[str, list[tuple[Fraction, ...]]] = {option: [] for option in case.options}
        for body, count in case.heads(Interval):
            for question, guess in body.interval.items():
                guesses[question] += [self.standard(guess, case)] * count
        figures = {question: summary(given) for question, given in guesses.items()}
        bests = {q: mean([g[1] for g in given]) if given else None for q, given in guesses.items()}
        answered = any(guesses.values())
        return Result(
            winners=[],
            decided="yes" if answered else "no",
            ranking=tiers_by(bests, lambda q: (bests[q] is not None, bests[q] or Fraction(0))),
            scores={q: None if best is None else text(best) for q, best in bests.items()},
            diagnostics={"options": figures},
            trace=[f"Ranges at {text(case.params.level)} percent, averaged over the experts."],
        )

    def standard(self, guess: Guess, case: Case[IdeaParams]) -> tuple[Fraction, ...]:
        """Lowest, best, highest at the common confidence."""
        low, best, high = exact(guess.low), exact(guess.best), exact(guess.high)
        stretch = Fraction(1)
        if guess.confidence is not None:
            stretch = exact(case.params.level) / exact(guess.confidence)
        low, high = best - (best - low) * stretch, best + (high - best) * stretch
        if case.poll.scale:
            low, high = max(low, exact(case.poll.scale.min)), min(high, exact(case.poll.scale.max))
        return low, best, high


def summary(given: list[tuple[Fraction, ...]]) -> dict[str, Any]:
    """n, and mean and median of each part; null where nobody answered."""
    if not given:
        return {"n": 0, "mean": dict.fromkeys(PARTS), "median": dict.fromkeys(PARTS)}
    columns = dict(zip(PARTS, zip(*given, strict=True), strict=True))
    return {
        "n": len(given),
        "mean": {part: number(mean(list(column))) for part, column in columns.items()},
        "median": {part: number(median(sorted(column))) for part, column in columns.items()},
    }
