"""Calibration and information of experts on questions with known answers (Cooke 1991)."""

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import exp, log
from typing import Any

from app.ballots.quantiles import Quantiles, rising
from app.errors import N_, Refused
from app.methods.case import Case
from app.methods.chi_square import chi_square_tail

Values = list[float]


@dataclass(frozen=True)
class Panel:
    """Experts → question → values at the common probabilities, on the question's own scale; the
    known answers; and the intrinsic range of each question.
    """

    experts: dict[str, dict[str, Values]]
    probabilities: list[Fraction]
    seeds: dict[str, float]
    ranges: dict[str, tuple[float, float]]
    logs: frozenset[str]

    @property
    def bins(self) -> list[float]:
        """The probability between each two quantiles, and beyond the outer ones."""
        edges = [Fraction(0), *self.probabilities, Fraction(1)]
        return [float(b - a) for a, b in pairwise(edges)]

    def calibration(self, name: str) -> float:
        """P(chi² ≥ 2·N·I(s, p)): how likely a perfect expert would do as badly. A known answer
        equal to a quantile counts in the bin below it.
        """
        answered = [q for q in self.seeds if q in self.experts[name]]
        if not answered:
            return 0.0
        counts = [0] * len(self.bins)
        for question in answered:
            counts[sum(self.seeds[question] > x for x in self.experts[name][question])] += 1
        n = len(answered)
        divergence = sum(
            c / n * log(c / n / p) for c, p in zip(counts, self.bins, strict=True) if c
        )
        return chi_square_tail(2 * n * divergence, len(self.bins) - 1)

    def information(self, name: str) -> float:
        """Mean over the known questions of Σ p·ln(p/r), r being the bins' parts of the range."""
        answered = [q for q in self.seeds if q in self.experts[name]]
        return sum(self.sharpness(name, q) for q in answered) / len(answered) if answered else 0.0

    def sharpness(self, name: str, question: str) -> float:
        low, high = self.ranges[question]
        edges = [low, *self.experts[name][question], high]
        widths = [(b - a) / (high - low) for a, b in pairwise(edges)]
        return sum(p * log(p / r) for p, r in zip(self.bins, widths, strict=True))

    def cdf(self, name: str, question: str) -> Callable[[float], float]:
        """The expert's distribution: even between quantiles and out to the ends of the range."""
        low, high = self.ranges[question]
        edges = [low, *self.experts[name][question], high]
        levels = [0.0, *map(float, self.probabilities), 1.0]

        def at(value: float) -> float:
            end = bisect_left(edges, value, 1, len(edges) - 1)
            (a, b), (p, q) = edges[end - 1 : end + 1], levels[end - 1 : end + 1]
            return p + (q - p) * (value - a) / (b - a)

        return at

    def back(self, question: str, value: float) -> float:
        """From the question's scale to its own units."""
        return exp(value) if question in self.logs else value


def panel_of(case: Case[Any], scales: Mapping[str, str], overshoot: float) -> Panel:
    """The panel of a poll. Raises `bad_poll` if experts answer at different probabilities, or a
    question on a logarithmic scale has a value that is not above zero.
    """
    logs = frozenset(question for question, scale in scales.items() if scale == "log")
    experts: dict[str, dict[str, Values]] = {}
    levels: set[tuple[Fraction, ...]] = set()
    for row, (body, vote) in enumerate(case.said(Quantiles), start=1):
        answers = experts.setdefault(vote.voter or str(row), {})
        for question, given in body.quantiles.items():
            points = rising(given, question)
            levels.add(tuple(p for p, _ in points))
            answers[question] = [scaled(x, question in logs) for _, x in points]
    if len(levels) > 1:
        raise Refused("bad_poll", N_("All experts have to answer at the same probabilities."))
    seeds = {q: scaled(x, q in logs) for q, x in case.poll.realisations.items()}
    ranges = {
        question: intrinsic(
            [x for answers in experts.values() for x in answers.get(question, [])]
            + ([seeds[question]] if question in seeds else []),
            overshoot,
        )
        for question in sorted({question for answers in experts.values() for question in answers})
    }
    return Panel(experts, list(next(iter(levels), ())), seeds, ranges, logs)


def scaled(value: float, in_logs: bool) -> float:
    if not in_logs:
        return float(value)
    if value <= 0:
        raise Refused("bad_poll", N_("A logarithmic scale takes values above zero only."))
    return log(value)


def intrinsic(values: Values, overshoot: float) -> tuple[float, float]:
    """From the smallest to the largest value, and beyond both by a part of the distance."""
    low, high = min(values), max(values)
    return low - overshoot * (high - low), high + overshoot * (high - low)
