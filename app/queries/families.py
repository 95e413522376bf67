"""How a vote's outcome is drawn, by what its rule gives: a verdict, bars, places, or a committee in
the order chosen; with the figures that stand beside it."""

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain
from typing import Any

COMMITTEES = ("seq_pav", "pav", "seq_phragmen", "equal_shares")
BARS = ("plurality", "dot_vote", "quadratic", "score", "star", "ram_appropriateness",
        "satisfaction_approval")  # fmt: skip
WIDEST_TABLE = 20  # options, beyond which a table of pairs says nothing to anybody


@dataclass(frozen=True)
class Verdict:
    """A motion against its threshold: votes by answer, shares as numbers from 0 to 1."""

    votes: dict[str, str]
    of: str
    share: float
    threshold: float
    simple: bool


@dataclass(frozen=True)
class Stage:
    """One round of a count: what each option had then, and what became of some."""

    n: int
    tally: dict[str, str]
    elected: tuple[str, ...] = ()
    eliminated: tuple[str, ...] = ()


@dataclass(frozen=True)
class Parts:
    """What stands beside the options: `sizes` of bars as shares of the widest, `order` of those
    chosen one after another, `pairs` as the votes for one over another, `stages` of the count."""

    verdict: Verdict | None = None
    sizes: dict[str, float] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)
    tied: frozenset[str] = frozenset()
    pairs: dict[str, dict[str, str]] = field(default_factory=dict)
    stages: tuple[Stage, ...] = ()


def family_of(method: str, shape: str) -> str:
    """The name of the partial that draws the outcomes of a rule."""
    if method in COMMITTEES:
        return "committee"
    if shape == "criteria":
        return method if method == "impact_feasibility" else shape
    return "bars" if method in BARS else shape


def parts_of(outcome: dict[str, Any]) -> Parts:
    """The figures beside an outcome's options, from what the count recorded."""
    found = outcome["diagnostics"]
    pairs = found.get("pairwise") or {}
    return Parts(
        verdict=_verdict(outcome) if outcome["method"] == "motion" else None,
        sizes=_sizes(outcome["scores"]),
        order={step["option"]: n for n, step in enumerate(found.get("steps", ()), 1)},
        tied=frozenset(chain.from_iterable(outcome["ties"])),
        pairs=pairs if len(pairs) <= WIDEST_TABLE else {},
        stages=tuple(_stage(n, one) for n, one in enumerate(found.get("rounds", ()), 1)),
    )


def _verdict(outcome: dict[str, Any]) -> Verdict:
    found = outcome["diagnostics"]
    simple = found["threshold"] == "simple"
    return Verdict(
        votes=outcome["scores"],
        of=found["of"],
        share=float(Fraction(found["share"] or 0)),
        threshold=0.5 if simple else float(Fraction(found["threshold"])),
        simple=simple,
    )


def _sizes(scores: dict[str, Any]) -> dict[str, float]:
    """Each score as a share of the largest; below zero there is no bar."""
    known = {o: float(Fraction(score)) for o, score in scores.items() if score is not None}
    widest = max(known.values(), default=0.0)
    return {o: max(0.0, value / widest) if widest > 0 else 0.0 for o, value in known.items()}


def _stage(n: int, one: dict[str, Any]) -> Stage:
    return Stage(n, one["tally"], tuple(one.get("elected", ())), tuple(one.get("eliminated", ())))
