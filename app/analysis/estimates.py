"""Estimates as single answers: a range, or a curve of values at probabilities, written as one text
by which equal answers are counted, and read again to be drawn and scored."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NUMBERS = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


@dataclass(frozen=True)
class Range:
    """Lowest, best and highest guess; the confidence in percent, where it was asked for."""

    low: float
    best: float
    high: float
    confidence: float | None = None

    def holds(self, value: float) -> bool:
        """Whether the value lies in the range, its ends included."""
        return self.low <= value <= self.high


@dataclass(frozen=True)
class Curve:
    """Probabilities with the values that the quantity stays below so likely; both rising."""

    points: tuple[tuple[float, float], ...]

    @property
    def low(self) -> float:
        return self.points[0][1]

    @property
    def high(self) -> float:
        return self.points[-1][1]

    @property
    def best(self) -> float:
        """The median: read off between the two points around one half, or the nearest end."""
        (p, x), *others = self.points
        for q, y in others:
            if p <= 0.5 <= q:
                return x + (y - x) * (0.5 - p) / (q - p)
            p, x = q, y
        return self.low if self.points[0][0] > 0.5 else self.high

    @property
    def confidence(self) -> float:
        """What lies between the outer points, in percent."""
        return round(100 * (self.points[-1][0] - self.points[0][0]), 9)

    def holds(self, value: float) -> bool:
        """Whether the value lies between the outer points."""
        return self.low <= value <= self.high


def written(shape: str, answer: Mapping[str, Any]) -> str:
    """One question's answer as a text: "20 ≤ 35 ≤ 60 (80 %)", or "0.05: 1, 0.5: 4, 0.95: 9"."""
    if shape == "interval":
        told = " ≤ ".join(f"{answer[part]:.12g}" for part in ("low", "best", "high"))
        sure = answer.get("confidence")
        return told if sure is None else f"{told} ({sure:.12g} %)"
    points = sorted((float(p), value) for p, value in answer.items())
    return ", ".join(f"{p:g}: {value:.12g}" for p, value in points)


def read(text: str) -> Range | Curve:
    """The answer that `written` wrote."""
    numbers = [float(one) for one in NUMBERS.findall(text)]
    if "≤" in text:
        return Range(*numbers)
    return Curve(tuple(zip(numbers[::2], numbers[1::2], strict=True)))


def curve_of(quantiles: Mapping[str, float]) -> Curve | None:
    """Values at probabilities as a curve; None where there are none."""
    points = tuple(sorted((float(p), float(x)) for p, x in quantiles.items()))
    return Curve(points) if points else None


def each(counts: Mapping[str, int]) -> list[Range | Curve]:
    """Everybody's answer of a distribution, by the best guess, then by the lowest."""
    found = [read(text) for text, n in counts.items() for _ in range(n)]
    return sorted(found, key=lambda one: (one.best, one.low, one.high))
