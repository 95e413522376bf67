"""Krippendorff's alpha, from the coincidence matrix; missing answers are allowed."""

from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction

from app.analysis.raters import Row

Totals = dict[Fraction, Fraction]
Distance = Callable[[Fraction, Fraction], Fraction]


def krippendorff_alpha(rows: Sequence[Row], level: str) -> float | None:
    """1 − observed over expected disagreement at one level of measurement: nominal, ordinal,
    interval or ratio. None where no unit has two answers or all answers are equal.

    Krippendorff (2011), Computing Krippendorff's alpha-reliability.
    """
    matrix = coincidences(rows)
    totals: Totals = {}
    for (value, _), weight in matrix.items():
        totals[value] = totals.get(value, Fraction(0)) + weight
    n = sum(totals.values(), Fraction(0))
    distance = DISTANCES[level](totals)
    observed = sum((w * distance(a, b) for (a, b), w in matrix.items()), Fraction(0))
    expected = sum(
        (totals[a] * totals[b] * distance(a, b) for a in totals for b in totals if a != b),
        Fraction(0),
    )
    return None if n < 2 or expected == 0 else float(1 - (n - 1) * observed / expected)


def coincidences(rows: Sequence[Row]) -> dict[tuple[Fraction, Fraction], Fraction]:
    """Pairs of answers within units, each unit weighing as many answers as it has."""
    matrix: dict[tuple[Fraction, Fraction], Fraction] = {}
    for unit in sorted({unit for row in rows for unit in row}):
        counts = Counter(row[unit] for row in rows if unit in row)
        m = sum(counts.values())
        if m < 2:
            continue
        for a, many in counts.items():
            for b, others in counts.items():
                pairs = many * (others - (a == b))
                matrix[a, b] = matrix.get((a, b), Fraction(0)) + Fraction(pairs, m - 1)
    return matrix


def nominal(totals: Totals) -> Distance:
    return lambda a, b: Fraction(a != b)


def interval(totals: Totals) -> Distance:
    return lambda a, b: (a - b) ** 2


def ratio(totals: Totals) -> Distance:
    return lambda a, b: ((a - b) / (a + b)) ** 2 if a + b else Fraction(0)


def ordinal(totals: Totals) -> Distance:
    """Squared number of answers from one value to the other, each end counted half."""

    def distance(a: Fraction, b: Fraction) -> Fraction:
        low, high = min(a, b), max(a, b)
        between = sum((n for value, n in totals.items() if low <= value <= high), Fraction(0))
        return (between - (totals[a] + totals[b]) / 2) ** 2

    return distance


DISTANCES = {"nominal": nominal, "ordinal": ordinal, "interval": interval, "ratio": ratio}
