"""Median, quartiles and mean, exact as long as the answers are."""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm

from app.ballots.numbers import exact


def spread_out(answers: Iterable[tuple[int | float, int]]) -> list[Fraction]:
    """Values with their counts as one rising list."""
    counts: Counter[int | float] = Counter()
    for value, count in answers:
        counts[value] += count
    return [one for value in sorted(counts) for one in [exact(value)] * counts[value]]


def quantile(values: Sequence[Fraction], p: Fraction) -> Fraction:
    """Quantile of rising values by linear interpolation, type 7 of Hyndman and Fan (1996). Needs a
    value.
    """
    place = (len(values) - 1) * p
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (place - below) * (values[above] - values[below])


def median(values: Sequence[Fraction]) -> Fraction:
    """The middle of rising values."""
    return quantile(values, Fraction(1, 2))


def mean(values: Sequence[Fraction]) -> Fraction:
    """The arithmetic mean. Needs a value."""
    unit = lcm(*{value.denominator for value in values})
    return Fraction(sum(int(value * unit) for value in values), unit * len(values))
