"""Weighted scoring: the mean of each criterion on a scale from 0 to 1, added up by weight.

Score: Σ w · m / Σ w over the criteria answered; m is the mean of (x − min) / (max − min), or of one
minus that where less is better. Ties at the cut are reported. O(answers).
"""

from fractions import Fraction
from typing import Annotated, Any, ClassVar

from pydantic import Field

from app.ballots.numbers import exact, text
from app.methods.base import Method
from app.methods.case import Case, Params, Reads
from app.methods.criteria_cells import Cells, cells, criteria_of, weighted_mean
from app.methods.outcome import Result
from app.methods.statistics import mean
from app.methods.tiers import cut, in_words, tiers_by


class WeightedParams(Params):
    """How many answers a criterion needs to count for an option."""

    least_answers: Annotated[int, Field(ge=1)] = 1


class WeightedCriteria(Method[WeightedParams]):
    """Criteria where less is better are turned round. What nobody answered is left out."""

    id: ClassVar[str] = "weighted_criteria"
    shape = "criteria"
    reads: ClassVar[Reads] = {"scale": None, "criteria": None, "seats": None}
    weighted = False
    reference = "Keeney and Raiffa (1976), Decisions with Multiple Objectives: additive value."
    params = WeightedParams

    def tally(self, case: Case[WeightedParams]) -> Result:
        table, criteria = cells(case), criteria_of(case)
        low, high = ends(case, table)
        down = {criterion.id for criterion in criteria if criterion.direction == "down"}
        parts: dict[str, dict[str, Fraction]] = {}
        for option, row in table.items():
            enough = {c: a for c, a in row.items() if len(a) >= case.params.least_answers}
            parts[option] = {c: unit(mean(a), low, high, c in down) for c, a in enough.items()}
        scores = {option: weighted_mean(part, criteria) for option, part in parts.items()}
        ranking = tiers_by(scores, lambda o: -1 if scores[o] is None else scores[o])
        winners, ties, decided = cut(ranking, case.poll.seats)
        return Result(
            winners=winners,
            decided=decided,
            ranking=ranking,
            scores={o: None if score is None else text(score) for o, score in scores.items()},
            ties=ties,
            diagnostics={"options": {o: self.figures(table[o], parts[o]) for o in table}},
            trace=[
                "Weights: " + ", ".join(f"{c.id} {c.weight}" for c in criteria) + ".",
                f"Order by weighted mean: {in_words(ranking)}.",
            ],
            warnings=[]
            if case.poll.scale
            else ["No scale was given; the answers' own ends are used."],
        )

    def figures(
        self, answers: dict[str, list[Fraction]], parts: dict[str, Fraction]
    ) -> dict[str, Any]:
        return {
            "n": {criterion: len(given) for criterion, given in answers.items()},
            "criteria": {criterion: text(part) for criterion, part in parts.items()},
        }


def ends(case: Case[WeightedParams], table: Cells) -> tuple[Fraction, Fraction]:
    """The ends of the scale, or of the answers where no scale is given."""
    if case.poll.scale:
        return exact(case.poll.scale.min), exact(case.poll.scale.max)
    values = [value for row in table.values() for answers in row.values() for value in answers]
    return min(values, default=Fraction(0)), max(values, default=Fraction(1))


def unit(value: Fraction, low: Fraction, high: Fraction, down: bool) -> Fraction:
    """A value from 0 (worst) to 1 (best)."""
    part = (value - low) / (high - low) if high > low else Fraction(0)
    return 1 - part if down else part
