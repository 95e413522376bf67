"""Analytic hierarchy process: weights from pairwise ratios, with a check on their consistency.

Weights: principal eigenvector of the matrix of ratios; CI = (λ − n) / (n − 1), CR = CI / RI, good
below 0.10. Weights equal to nine decimals tie. Where no chain of judgements joins all options there
is no order. O(options³); RI is known up to 10 options.
"""

from collections.abc import Iterable
from math import exp, log
from typing import ClassVar

from app.ballots.judgements import Judgements
from app.methods.base import Method
from app.methods.bradley_terry import components
from app.methods.case import Case, Params, Reads
from app.methods.outcome import Result, Score
from app.methods.tiers import cut, in_words, tiers

RANDOM_INDEX = {3: 0.58, 4: 0.90, 5: 1.12, 6: 1.24, 7: 1.32, 8: 1.41, 9: 1.45, 10: 1.49}
CONSISTENT = 0.10
Logs = dict[tuple[str, str], float]


class Ahp(Method[Params]):
    """Weights: the principal eigenvector of the geometric mean of all judgements. Pairs that nobody
    judged are left open (Harker). RI is Saaty's of 1980.
    """

    id: ClassVar[str] = "ahp"
    shape = "judgements"
    reads: ClassVar[Reads] = {"seats": None}
    reference = (
        "Saaty (1980), The Analytic Hierarchy Process; Harker (1987), incomplete comparisons."
    )
    params = Params

    def tally(self, case: Case[Params]) -> Result:
        logs = mean_logs(case)
        missing = sum((a, b) not in logs for a in case.options for b in case.options if a < b)
        parts = components(_judged(logs, case.options))
        if len(parts) != 1:
            return _not_comparable(case.options, parts, missing)
        weights, biggest = principal(logs, list(case.options))
        n = len(case.options)
        ri = RANDOM_INDEX.get(n)
        cr = 0.0 if n < 3 else (biggest - n) / (n - 1) / ri if ri else None
        ranking = tiers({option: round(weight, 9) for option, weight in weights.items()})
        winners, ties, decided = cut(ranking, case.poll.seats)
        scores: dict[str, Score] = {**weights}
        warnings = []
        if cr is not None and cr >= CONSISTENT:
            warnings.append("The judgements contradict each other: CR is not below 0.10.")
        if missing:
            warnings.append(f"{missing} pairs were judged by nobody.")
        return Result(
            winners=winners,
            decided=decided,
            ranking=ranking,
            scores=scores,
            ties=ties,
            diagnostics={"lambda_max": biggest, "cr": cr, "ri": ri, "missing": missing},
            trace=[f"Order by weight: {in_words(ranking)}."],
            exact=False,
            warnings=warnings,
        )


def _judged(logs: Logs, options: Iterable[str]) -> dict[str, dict[str, float]]:
    """The graph of judged pairs."""
    return {a: {b: float((a, b) in logs) for b in options if b != a} for a in options}


def _not_comparable(options: Iterable[str], parts: list[list[str]], missing: int) -> Result:
    """Harker's completion needs a chain of judgements between any two options; across a gap the
    eigenvector gives weights that nobody's judgement stands for."""
    return Result(
        winners=[],
        decided="no",
        ranking=tiers(dict.fromkeys(options, 0)),
        diagnostics={"components": parts, "missing": missing},
        trace=["No chain of judgements joins all options, so their weights can't be compared."],
        exact=False,
        warnings=[f"{missing} pairs were judged by nobody."],
    )


def mean_logs(case: Case[Params]) -> Logs:
    """Mean logarithm of each ratio over the ballots that judge it, either way round."""
    sums: dict[tuple[str, str], tuple[float, float]] = {}
    for body, power in case.answers(Judgements):
        judged = {
            (a, b): log(ratio)
            for a, row in body.judgements.items()
            for b, ratio in row.items()
            if a != b
        }
        both = {**{(b, a): -value for (a, b), value in judged.items()}, **judged}
        for pair, value in both.items():
            total, weight = sums.get(pair, (0.0, 0.0))
            sums[pair] = (total + float(power) * value, weight + float(power))
    return {pair: total / weight for pair, (total, weight) in sums.items()}


def principal(logs: Logs, options: list[str]) -> tuple[dict[str, float], float]:
    """The weights, adding up to 1, and the largest eigenvalue."""
    import numpy as np

    ratios = np.array(
        [[exp(logs[a, b]) if (a, b) in logs else 0 for b in options] for a in options]
    )
    np.fill_diagonal(ratios, (ratios == 0).sum(axis=1))  # 1, and 1 more for each open pair
    values, vectors = np.linalg.eig(ratios)
    best = int(np.argmax(values.real))
    vector = np.abs(vectors[:, best].real)
    weights = {o: float(w) for o, w in zip(options, vector / vector.sum(), strict=True)}
    return weights, float(values[best].real)
