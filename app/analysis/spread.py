"""Which ratings lie furthest apart: what to talk about first, whatever the verdict."""

from dataclasses import dataclass
from fractions import Fraction

from app.methods import METHODS
from app.methods.poll import Poll
from app.methods.ratings import Q1, Q3, Rated, rated
from app.methods.statistics import mean, median, quantile


@dataclass(frozen=True)
class Spread:
    """Of one option: its answers, their middle, the interquartile range, and how far an answer lies
    from the middle on average; None where nobody answered.
    """

    option: str
    n: int
    median: Fraction | None
    iqr: Fraction | None
    deviation: Fraction | None


def by_spread(poll: Poll) -> list[Spread]:
    """All options of a poll of ratings, the widest interquartile range first.

    Equal ranges are ordered by the mean distance from the median, then by id. Options that nobody
    rated come last.
    """
    options = rated(METHODS["rating_consensus"].prepare(poll))
    spreads = [spread(option, answers) for option, answers in options.items()]
    return sorted(spreads, key=lambda one: (*widest(one.iqr), *widest(one.deviation), one.option))


def spread(option: str, answers: Rated) -> Spread:
    values = answers.values
    if not values:
        return Spread(option, 0, None, None, None)
    middle = median(values)
    return Spread(
        option,
        len(values),
        middle,
        quantile(values, Q3) - quantile(values, Q1),
        mean([abs(value - middle) for value in values]),
    )


def widest(width: Fraction | None) -> tuple[bool, Fraction]:
    """A sorting key: wide before narrow before unknown."""
    return width is None, -(width or Fraction(0))
