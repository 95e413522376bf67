"""Impact and feasibility: four fields, and a fifth for what the answers leave open.

An axis is high or low by the median against (min + max) / 2, and open if the quartiles lie on both
sides of it. Options of equal medians share a tier. O(answers · log answers).
"""

from fractions import Fraction
from typing import Any, ClassVar

from app.ballots.numbers import exact, text
from app.ballots.terms import Scale
from app.methods.base import Method
from app.methods.case import Case, Params, Reads
from app.methods.criteria_cells import cells
from app.methods.outcome import Result
from app.methods.ratings import Q1, Q3, number
from app.methods.statistics import median, quantile
from app.methods.tiers import in_words, listed, tiers_by

AXES = ("impact", "feasibility")


class ImpactFeasibility(Method[Params]):
    """Each axis is cut at the middle of the scale. Where the middle half of the answers lies on
    both sides of the cut, or the median on it, the option is undecided rather than placed.
    """

    id: ClassVar[str] = "impact_feasibility"
    shape = "criteria"
    reads: ClassVar[Reads] = {"scale": Scale(min=1, max=9), "criteria": None}
    weighted = False
    reference = "Impact–feasibility (impact–effort) matrix; quartiles of type 7."
    params = Params

    def tally(self, case: Case[Params]) -> Result:
        scale = case.poll.scale or Scale(min=1, max=9)
        cut = (exact(scale.min) + exact(scale.max)) / 2
        options: dict[str, dict[str, Any]] = {}
        middles: dict[str, tuple[Fraction, ...]] = {}
        for option, row in cells(case).items():
            sides = [side(row.get(axis, []), cut) for axis in AXES]
            placed = all(one in ("high", "low") for one in sides)
            axes = {axis: figures(row.get(axis, [])) for axis in AXES}
            options[option] = {**axes, "cell": "_".join(sides) if placed else "undecided"}
            middles[option] = tuple(median(row[a]) if row.get(a) else Fraction(0) for a in AXES)
        ranking = tiers_by(options, lambda option: (sum(middles[option]), middles[option]))
        winners = [o for tier in ranking for o in tier if options[o]["cell"] == "high_high"]
        open_ = [o for o in case.options if options[o]["cell"] == "undecided"]
        return Result(
            winners=winners,
            decided="yes" if winners else "no",
            ranking=ranking,
            scores={option: text(sum(middles[option])) for option in options},
            diagnostics={"options": options, "cut": number(cut)},
            trace=[
                f"Cut at {text(cut)} on both axes. High on both: {listed(winners)}.",
                f"Undecided: {listed(open_)}.",
                f"Order by the sum of the medians: {in_words(ranking)}.",
            ],
        )


def side(answers: list[Fraction], cut: Fraction) -> str:
    """On which side of the cut the middle half of the answers lies."""
    if not answers:
        return "unknown"
    low, middle, high = quantile(answers, Q1), median(answers), quantile(answers, Q3)
    if middle == cut or low < cut < high:
        return "open"
    return "high" if middle > cut else "low"


def figures(answers: list[Fraction]) -> dict[str, Any]:
    if not answers:
        return {"n": 0, "median": None, "q1": None, "q3": None}
    return {
        "n": len(answers),
        "median": number(median(answers)),
        "q1": number(quantile(answers, Q1)),
        "q3": number(quantile(answers, Q3)),
    }
