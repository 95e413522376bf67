"""RAND/UCLA appropriateness: the median, unless the panel disagrees.

Classes of the median: up to 3, from 3.5 to below 6.5, from 6.5 (that halves go up is common use;
the manual was not read again); disagreement makes it uncertain. Options of one class and median
share a tier. O(answers · log answers).
"""

from fractions import Fraction
from typing import Any, ClassVar

from app.ballots.numbers import text
from app.ballots.terms import Scale
from app.methods.base import Method
from app.methods.case import Case, Params, Reads
from app.methods.outcome import Result
from app.methods.ratings import number, rated
from app.methods.statistics import median, quantile
from app.methods.tiers import in_words, listed, tiers_by

CLASSES = ("inappropriate", "uncertain", "appropriate")


class RamAppropriateness(Method[Params]):
    """For ratings from 1 to 9. Disagreement: the range between the 30th and 70th percentile is
    wider than it may be so far from the middle, IPRAS = 2.35 + 1.5 · |5 − (p30 + p70)/2|.
    """

    id: ClassVar[str] = "ram_appropriateness"
    shape = "rating"
    reads: ClassVar[Reads] = {"scale": Scale(min=1, max=9)}
    weighted = False
    reference = "Fitch et al. (2001), The RAND/UCLA Appropriateness Method User's Manual."
    params = Params

    def tally(self, case: Case[Params]) -> Result:
        options = {option: panel(answers.values) for option, answers in rated(case).items()}
        medians = {o: median(a.values) if a.values else None for o, a in rated(case).items()}
        ranking = tiers_by(
            options,
            lambda o: (
                CLASSES.index(options[o]["class"]) if options[o]["class"] else -1,
                medians[o] or Fraction(0),
            ),
        )
        winners = [o for tier in ranking for o in tier if options[o]["class"] == "appropriate"]
        split = [option for option in options if options[option]["disagreement"]]
        return Result(
            winners=winners,
            decided="yes" if winners else "no",
            ranking=ranking,
            scores={o: None if m is None else text(m) for o, m in medians.items()},
            diagnostics={"options": options},
            trace=[
                f"Appropriate: {listed(winners)}. With disagreement: {listed(split)}.",
                f"Order by class, then median: {in_words(ranking)}.",
            ],
        )


def panel(values: list[Fraction]) -> dict[str, Any]:
    """The figures of one option; null where nobody answered."""
    names = ("median", "p30", "p70", "ipr", "ipras", "di", "disagreement", "class")
    if not values:
        return {"n": 0, **dict.fromkeys(names)}
    p30, p70 = quantile(values, Fraction(3, 10)), quantile(values, Fraction(7, 10))
    middle, ipr = median(values), p70 - p30
    ipras = Fraction(235, 100) + Fraction(3, 2) * abs(5 - (p30 + p70) / 2)
    return {
        "n": len(values),
        "median": number(middle),
        "p30": number(p30),
        "p70": number(p70),
        "ipr": number(ipr),
        "ipras": number(ipras),
        "di": number(ipr / ipras),
        "disagreement": ipr > ipras,
        "class": classed(middle, ipr > ipras),
    }


def classed(middle: Fraction, disagreement: bool) -> str:
    """Up to 3 inappropriate, from 6.5 appropriate; 3.5 and 6.5 go to the higher class."""
    if disagreement or Fraction(7, 2) <= middle < Fraction(13, 2):
        return "uncertain"
    return "appropriate" if middle > 5 else "inappropriate"
