"""Linear pool: a distribution fitted to each expert's quantiles, and their weighted mixture.

F = Σ w · F_e / Σ w, each F_e fitted by least squares on the probabilities. There is nothing to win.
One fit for each expert, question and family.
"""

from typing import Any, ClassVar, Literal

from pydantic import Field

from app.ballots import BallotError
from app.ballots.numbers import Number
from app.ballots.quantiles import Quantiles, rising
from app.errors import N_
from app.methods.base import Method
from app.methods.case import Case, Params
from app.methods.fits import Fit, Points, fit, possible
from app.methods.mixture import mixed, quantile_of
from app.methods.outcome import Result
from app.methods.tiers import tiers_by

Expert = tuple[str, float, Fit]  # name, weight, fit


class LinearPoolParams(Params):
    """The family (`best` takes for each expert the one with the least squared error), the bounds of
    the quantity, and where the pool is read: at values `at`, at probabilities `quantiles`.
    """

    family: Literal["best", "normal", "t", "gamma", "lognormal", "beta"] = "best"
    lower: Number | None = None
    upper: Number | None = None
    at: list[Number] = Field(default_factory=list)
    quantiles: list[str] = Field(default=["0.05", "0.25", "0.5", "0.75", "0.95"])


class LinearPool(Method[LinearPoolParams]):
    """The weights of the ballots weigh the pool; equal ones are the default. Averaging quantiles
    would be another rule. An expert needs two quantiles to be fitted.
    """

    id: ClassVar[str] = "linear_pool"
    shape = "quantiles"
    reads_voters = True
    reference = (
        "Stone (1961), The opinion pool; O'Hagan et al. (2006), Uncertain Judgements (SHELF)."
    )
    params = LinearPoolParams

    def tally(self, case: Case[LinearPoolParams]) -> Result:
        self.check_probabilities(case.params)
        fits: dict[str, dict[str, Any]] = {}
        pool: dict[str, Any] = {}
        medians: dict[str, float] = {}
        for question in case.options:
            experts, spans = self.experts(case, question)
            for name, _, fitted in experts:
                fits.setdefault(name, {})[question] = fitted.spelled()
            if experts:
                pool[question] = self.read(case.params, experts, *spans)
                medians[question] = self.at(experts, 0.5, *spans)
        return Result(
            winners=[],
            decided="yes" if medians else "no",
            ranking=tiers_by(medians, lambda question: medians[question]),
            scores={question: medians.get(question) for question in case.options},
            diagnostics={"fits": fits, "pool": pool},
            trace=[f"{len(fits)} experts fitted ({case.params.family}), pooled by their weights."],
            exact=False,
        )

    def check_probabilities(self, params: LinearPoolParams) -> None:
        """Raises `interval_order` for a quantile that is no probability."""
        for place, p in enumerate(params.quantiles):
            rising({p: place}, "params.quantiles")

    def experts(
        self, case: Case[LinearPoolParams], question: str
    ) -> tuple[list[Expert], tuple[float, float]]:
        """Every expert with a fit, and the range of all values given."""
        found: list[Expert] = []
        values: list[float] = []
        for row, (body, vote) in enumerate(case.said(Quantiles), start=1):
            if len(body.quantiles.get(question, ())) < 2:
                continue
            points = [(float(p), float(x)) for p, x in rising(body.quantiles[question], question)]
            values += [x for _, x in points]
            fitted = self.fitted(case.params, points)
            found.append((vote.voter or str(row), float(vote.power), fitted))
        return found, (min(values, default=0.0), max(values, default=1.0))

    def fitted(self, params: LinearPoolParams, points: Points) -> Fit:
        """The fit of the named family, or of the best one."""
        allowed = possible(points, params.lower, params.upper)
        if params.family == "best":
            fits = [fit(family, points, params.lower, params.upper) for family in allowed]
            return min(fits, key=lambda one: round(one.ssq, 12))
        if params.family not in allowed:
            raise BallotError(
                "bad_poll",
                N_("“{family}” needs “lower” below all values, and beta “upper” above them."),
                field="params",
                family=params.family,
            )
        return fit(params.family, points, params.lower, params.upper)

    def read(
        self, params: LinearPoolParams, experts: list[Expert], low: float, high: float
    ) -> dict[str, Any]:
        cdfs, weights = [one.cdf for _, _, one in experts], [weight for _, weight, _ in experts]
        return {
            "cdf": {f"{x:g}": mixed(cdfs, weights, float(x)) for x in params.at},
            "quantiles": {p: self.at(experts, float(p), low, high) for p in params.quantiles},
        }

    def at(self, experts: list[Expert], p: float, low: float, high: float) -> float:
        """The pool's value at a probability."""
        cdfs, weights = [one.cdf for _, _, one in experts], [weight for _, weight, _ in experts]
        return quantile_of(cdfs, weights, p, low, high)
