"""Cooke's classical model: experts weighted by how well they do on questions with known answers.

Calibration: P(χ² ≥ 2 N I(s, p)); information: mean of Σ p ln(p / r) over the known questions;
weight: their product if calibration ≥ α. Experts of equal weight share a tier. O(experts ·
questions).
"""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from app.ballots.numbers import Number
from app.errors import N_, Refused
from app.methods.base import Method
from app.methods.case import Case, Params, Reads
from app.methods.cooke_scores import Panel, panel_of
from app.methods.mixture import quantile_of
from app.methods.outcome import Result, Score
from app.methods.tiers import in_words, tiers_by


class CookeParams(Params):
    """The calibration below which an expert gets no weight; how far the intrinsic range reaches
    beyond all values; and the questions answered on a logarithmic scale.
    """

    alpha: Number = 0
    overshoot: Annotated[Number, Field(gt=0)] = 0.1
    scales: dict[str, Literal["uniform", "log"]] = Field(default_factory=dict)


class Cooke(Method[CookeParams]):
    """`realisations` are the known answers. Scores are the weights of the experts; the pool of each
    question is the decision maker's distribution. Fewer than ten known answers give a warning.
    """

    id: ClassVar[str] = "cooke"
    shape = "quantiles"
    reads: ClassVar[Reads] = {"realisations": None}
    reads_voters = True
    weighted = False
    reference = "Cooke (1991), Experts in Uncertainty."
    params = CookeParams

    def tally(self, case: Case[CookeParams]) -> Result:
        panel = panel_of(case, case.params.scales, float(case.params.overshoot))
        if not panel.experts:
            return Result(winners=[], decided="no")
        if not panel.seeds:
            raise Refused(
                "bad_poll",
                N_("Please give the known answers in “realisations”."),
                field="realisations",
            )
        figures = {name: self.figures(panel, name, case.params) for name in panel.experts}
        total = sum(one["weight"] for one in figures.values())
        if total:
            for one in figures.values():
                one["weight"] /= total
        ranking = tiers_by(figures, lambda name: figures[name]["weight"])
        scores: dict[str, Score] = {name: one["weight"] for name, one in figures.items()}
        return Result(
            winners=[],
            decided="yes" if total else "no",
            ranking=ranking,
            scores=scores,
            diagnostics={"experts": figures, "pool": self.pool(panel, figures) if total else {}},
            trace=[f"Experts by weight: {in_words(ranking)}."],
            exact=False,
            warnings=self.warnings(panel, total),
        )

    def figures(self, panel: Panel, name: str, params: CookeParams) -> dict[str, float]:
        calibration, information = panel.calibration(name), panel.information(name)
        weight = calibration * information if calibration >= params.alpha else 0.0
        return {"calibration": calibration, "information": information, "weight": weight}

    def pool(self, panel: Panel, figures: dict[str, dict[str, float]]) -> dict[str, Any]:
        """The decision maker's quantiles of every question at the experts' own probabilities."""
        found: dict[str, Any] = {}
        for question, (low, high) in panel.ranges.items():
            names = [
                n for n in panel.experts if question in panel.experts[n] and figures[n]["weight"]
            ]
            if not names:
                continue
            cdfs = [panel.cdf(name, question) for name in names]
            weights = [figures[name]["weight"] for name in names]
            values = {
                f"{float(p):g}": quantile_of(cdfs, weights, float(p), low, high)
                for p in panel.probabilities
            }
            found[question] = {"quantiles": {p: panel.back(question, v) for p, v in values.items()}}
        return found

    def warnings(self, panel: Panel, total: float) -> list[str]:
        found = []
        if len(panel.seeds) < 10:
            found.append("Fewer than ten known answers: the weights are uncertain.")
        if not total:
            found.append("No expert reaches the calibration asked for.")
        return found
