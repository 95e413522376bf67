"""What a chart needs to be drawn: positions along a scale, heights of columns, quartiles."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from app.ballots.numbers import exact
from app.methods.statistics import median, quantile

NUMBER = re.compile(r"-?\d+(\.\d+)?")
AXES = ("impact", "feasibility")


@dataclass(frozen=True)
class Quartiles:
    """The middle half of some ratings, on their own scale."""

    n: int
    low: Fraction
    middle: Fraction
    high: Fraction


def quartiles(counts: Mapping[str, int]) -> Quartiles | None:
    """Of value → how many gave it, by the same rule as the counting; None where nobody rated. What
    is no number, such as "no_opinion", is left out."""
    values = [Fraction(v) for v, n in sorted(counts.items()) if _is_number(v) for _ in range(n)]
    if not values:
        return None
    values.sort()
    return Quartiles(
        len(values),
        quantile(values, Fraction(1, 4)),
        median(values),
        quantile(values, Fraction(3, 4)),
    )


def steps(scale: Any) -> list[int | float]:
    """The values of a scale, in order. `scale` has min, max and step, as attributes or keys."""
    low, high, step = (exact(_of(scale, name) or 0) for name in ("min", "max", "step"))
    step = step or Fraction(1)
    values = (low + n * step for n in range(int((high - low) / step) + 1))
    return [int(value) if value.denominator == 1 else float(value) for value in values]


def ticks(scale: Any) -> list[int | float]:
    """The values of a scale that are written over it: at most eleven, evenly apart."""
    values = steps(scale)
    return values[:: max(1, -(-(len(values) - 1) // 10))]


def rated(counts: Mapping[str, int]) -> dict[str, int]:
    """Of value → how many gave it, those that are numbers."""
    return {value: n for value, n in counts.items() if _is_number(value)}


def side_by_side(results: Sequence[Any]) -> list[tuple[Any, float]]:
    """Options of a plane of impact and feasibility, each with how far its mark stands beside its
    place, in widths of a mark: those of the same medians stand in one row about it."""
    places = [tuple(one.figures[axis]["median"] for axis in AXES) for one in results]
    return [
        (one, places[:n].count(places[n]) - (places.count(places[n]) - 1) / 2)
        for n, one in enumerate(results)
    ]


def highest(counts: Mapping[str, int]) -> int:
    """The height of the highest column of a distribution, in people."""
    return max(rated(counts).values(), default=0)


def _of(scale: Any, name: str) -> Any:
    return scale.get(name) if isinstance(scale, Mapping) else getattr(scale, name, None)


def _is_number(value: str) -> bool:
    return NUMBER.fullmatch(value) is not None
