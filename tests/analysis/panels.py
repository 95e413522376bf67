"""Simulated panels: a known order, judgements with the noise of Bradley and Terry, pairs drawn at
random or chosen by `next_set`; how near the order of `bradley_terry` comes to the known one.

`python -m tests.analysis.panels SEEDS` plays them, writes docs/adaptive-pairs.svg and prints the
table of docs/adaptive-pairs.md.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from math import exp
from pathlib import Path
from statistics import mean
from typing import Any

from app.analysis.adaptive import Asked, Set, next_set
from app.methods.bradley_terry import maximum, prior

EVERY = 10  # judgements between two looks at the order


@dataclass
class Panel:
    """One panel: its items with their true strengths, and what its experts have judged. Each has
    `ahead` pairs before them that are not judged yet; they take turns in an order of their own."""

    seed: int
    items: int = 40
    experts: int = 30
    spread: float = 2.0
    adaptive: bool = True
    ahead: int = 1
    wins: Counter[tuple[str, str]] = field(default_factory=Counter)
    shown: Counter[Set] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        self.options = tuple(f"{n:02}" for n in range(self.items))
        self.true = {one: self.rng.gauss(0, self.spread) for one in self.options}
        self.own: list[set[Set]] = [set() for _ in range(self.experts)]
        self.ready: list[list[Set]] = [[] for _ in range(self.experts)]

    def curve(self, judgements: int) -> list[float]:
        """The rank correlation with the known order after every tenth judgement."""
        found = []
        for n, expert in enumerate(self._turns(judgements), 1):
            self._show(expert)
            self._judge(*self.ready[expert].pop(0))
            if n % EVERY == 0:
                found.append(spearman(self.true, self._order()))
        return found

    def _turns(self, judgements: int) -> Iterator[int]:
        for n in range(judgements):
            if n % self.experts == 0:
                order = self.rng.sample(range(self.experts), self.experts)
            yield order[n % self.experts]

    def _show(self, expert: int) -> None:
        while len(self.ready[expert]) < self.ahead:
            pair = self._chosen(expert) if self.adaptive else self._drawn(expert)
            self.own[expert].add(pair)
            self.shown[pair] += 1
            self.ready[expert].append(pair)

    def _chosen(self, expert: int) -> Set:
        voter = f"{self.seed} {expert}"
        found = next_set(Asked(self.options, self.shown, self.wins, self.own[expert], voter), 2)
        assert found is not None
        return tuple(sorted(found.shown))

    def _drawn(self, expert: int) -> Set:
        free = [pair for pair in combinations(self.options, 2) if pair not in self.own[expert]]
        return self.rng.choice(free)

    def _judge(self, one: str, other: str) -> None:
        first = self.rng.random() < 1 / (1 + exp(self.true[other] - self.true[one]))
        self.wins[(one, other) if first else (other, one)] += 1

    def _order(self) -> dict[str, float]:
        """As the method counts it."""
        wins = {
            a: {b: float(self.wins[a, b]) for b in self.options if b != a} for a in self.options
        }
        return maximum(wins, prior(wins))


def spearman(one: dict[str, float], other: dict[str, float]) -> float:
    """The rank correlation of two orders without ties."""
    places = [
        {option: n for n, option in enumerate(sorted(values, key=values.__getitem__))}
        for values in (one, other)
    ]
    n = len(one)
    return 1 - 6 * sum((places[0][o] - places[1][o]) ** 2 for o in one) / (n * (n * n - 1))


def mean_curve(seeds: range, judgements: int, **about: Any) -> list[float]:
    """The mean over panels, each with its own strengths."""
    curves = [Panel(seed, **about).curve(judgements) for seed in seeds]
    return [mean(at) for at in zip(*curves, strict=True)]


def needed(curve: list[float], goal: float) -> float:
    """How many judgements it takes until the mean reaches a correlation, between two looks in a
    straight line; infinitely many if it does not."""
    before = 0.0
    for n, value in enumerate(curve):
        if value >= goal:
            return EVERY * (n + (goal - before) / (value - before))
        before = value
    return float("inf")


EACH = (5, 10, 15)  # pairs that each expert judges
PLAYED = ((2.0, 1), (2.0, 3), (3.0, 1), (3.0, 3))  # spread, pairs ahead
DOCS = Path(__file__).parents[2] / "docs"
X, Y = 1.6, 400.0  # pixels for one judgement, and for a correlation of 1


def line(curve: list[float], kind: str) -> str:
    """One curve as SVG, from the first look on."""
    points = " ".join(
        f"{60 + X * EVERY * n:.0f},{440 - Y * value:.0f}" for n, value in enumerate(curve, 1)
    )
    return f'<polyline class="{kind}" points="{points}"/>'


def drawing(chosen: list[float], drawn: list[float]) -> str:
    """Both curves, told apart by their dashes as well."""
    wide = 60 + X * EVERY * len(drawn) + 40
    rows = "".join(
        f'<path class="axis" d="M60 {440 - Y * at / 5:.0f}H{wide - 40:.0f}"/>'
        f'<text x="50" y="{445 - Y * at / 5:.0f}" text-anchor="end">{at / 5:g}</text>'
        for at in range(6)
    )
    steps = "".join(
        f'<text x="{60 + X * n:.0f}" y="465" text-anchor="middle">{n}</text>'
        for n in range(0, EVERY * len(drawn) + 1, 50)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} 500" role="img">'
        "<title>Rank correlation with the known order by the number of judgements</title>"
        "<style>text{font:14px sans-serif;fill:#444}.axis{stroke:#ddd}polyline{fill:none;"
        "stroke-width:3}.chosen{stroke:#0b6b66}.drawn{stroke:#9a6b12;stroke-dasharray:6 5}</style>"
        f'<rect width="100%" height="100%" fill="#fff"/>{rows}{steps}'
        f"{line(drawn, 'drawn')}{line(chosen, 'chosen')}"
        '<text x="60" y="490">judgements of the whole panel; whole line: chosen, dashed: drawn at '
        "random</text></svg>\n"
    )


def spared(chosen: list[float], drawn: list[float], judgements: int) -> float:
    """The share of judgements after which chosen pairs come as near as drawn ones do with all."""
    return needed(chosen, drawn[judgements // EVERY - 1]) / judgements


def main(seeds: int) -> None:
    """Print a row of the table for each kind of panel, and draw the first."""
    most = Panel(0).experts * EACH[-1]
    drawn = {
        spread: mean_curve(range(seeds), most, spread=spread, adaptive=False)
        for spread in dict(PLAYED)
    }
    for spread, ahead in PLAYED:
        chosen, random_ = mean_curve(range(seeds), most, spread=spread, ahead=ahead), drawn[spread]
        told = [
            f"{random_[n // EVERY - 1]:.2f}: {n * spared(chosen, random_, n):.0f} of {n} = "
            f"{spared(chosen, random_, n):.2f}"
            for n in (Panel(0).experts * each for each in EACH)
        ]
        print(f"| {spread:g} | {ahead} | {' | '.join(told)} |", flush=True)
        if (spread, ahead) == PLAYED[0]:
            (DOCS / "adaptive-pairs.svg").write_text(drawing(chosen, random_), encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]))
