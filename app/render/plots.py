"""What a chart needs to be drawn: positions along a scale, heights of columns, quartiles."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from app.methods.statistics import median, quantile


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


def steps(scale: Any) -> list[int]:
    """The values of a scale, in order. `scale` has min, max and step, as attributes or keys."""
    low, high, step = (_of(scale, name) for name in ("min", "max", "step"))
    return list(range(low, high + 1, step or 1))


def highest(counts: Mapping[str, int], scale: Any) -> int:
    """The height of the highest column of a distribution, in people."""
    return max((counts.get(str(value), 0) for value in steps(scale)), default=0)


def _of(scale: Any, name: str) -> Any:
    return scale.get(name) if isinstance(scale, Mapping) else getattr(scale, name, None)


def _is_number(value: str) -> bool:
    return value.lstrip("-").isdigit()
