"""Kendall's W: how far raters order the units alike, with its test and its interval."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from app.analysis.raters import Row, midranks
from app.analysis.resampling import RESAMPLES, SEED, bounds, draws
from app.methods.chi_square import chi_square_tail

FEW_UNITS = 7  # up to so many, chi-square is too rough and the order is shuffled instead
MANY_RATERS = 200  # from so many, it is exact enough again


def common(rows: Sequence[Row]) -> list[str]:
    """The units that all raters answered, sorted."""
    return sorted(set.intersection(*(set(row) for row in rows))) if rows else []


def kendall_w(rows: Sequence[Row]) -> dict[str, Any] | None:
    """Kendall's W, corrected for ties, over the units that all answered, with its chi-square test.

    W = 12 S / (m²(n³−n) − m ΣT), `uncorrected` without ΣT; chi² = m(n−1)W with n−1 degrees of
    freedom; the mean of Spearman's rho over all pairs of raters is (mW − 1)/(m − 1) (Kendall and
    Gibbons 1990). `low` and `high`
    are the 95 % percentile interval over raters drawn again; drawing the same rater twice makes
    them look more alike, so with few raters it lies rather high. `p_shuffled` is the share of
    shuffled orders that agree as well, given for up to 7 units. None where W is not defined.
    """
    units, m = common(rows), len(rows)
    n = len(units)
    if m < 2 or n < 2:
        return None
    ranks = Counter(tuple(midranks([row[unit] for unit in units])) for row in rows)
    sums = [sum((rank[i] * count for rank, count in ranks.items()), Fraction(0)) for i in range(n)]
    spread = sum((total - Fraction(m * (n + 1), 2)) ** 2 for total in sums)
    bound = m * m * (n**3 - n) - m * sum(ties(rank) * c for rank, c in ranks.items())
    if bound == 0:
        return None
    w = Fraction(12 * spread) / bound
    chi2 = float(m * (n - 1) * w)
    return {
        "w": float(w),
        "uncorrected": float(Fraction(12 * spread) / (m * m * (n**3 - n))),
        "chi2": chi2,
        "df": n - 1,
        "p": chi_square_tail(chi2, n - 1),
        "mean_rho": float((m * w - 1) / (m - 1)),
        **interval(ranks),
        "p_shuffled": shuffled(ranks, float(spread)) if few(n, m) else None,
    }


def few(units: int, raters: int) -> bool:
    """Whether chi-square is too rough here."""
    return units <= FEW_UNITS and raters < MANY_RATERS


def ties(ranks: Sequence[Fraction]) -> int:
    """Σ t³ − t over the groups of tied ranks."""
    return sum(t**3 - t for t in Counter(ranks).values())


def interval(ranks: Counter[tuple[Fraction, ...]]) -> dict[str, Any]:
    """The 95 % interval of W over raters drawn again; resamples without any order are left out."""
    import numpy as np

    table = np.array([[float(rank) for rank in row] for row in ranks])
    tied = np.array([float(ties(row)) for row in ranks])
    m, n = ranks.total(), table.shape[1]
    drawn = np.concatenate(list(draws(list(ranks.values()))))
    spread = ((drawn @ table - m * (n + 1) / 2) ** 2).sum(axis=1)
    bound = m * m * (n**3 - n) - m * (drawn @ tied)
    low, high = bounds(12 * spread[bound > 0] / bound[bound > 0])
    return {"low": float(low), "high": float(high), "resamples": RESAMPLES, "seed": SEED}


def shuffled(ranks: Counter[tuple[Fraction, ...]], spread: float) -> float:
    """The share of panels with every rater's ranks shuffled whose sums lie as far apart."""
    import numpy as np

    rows = np.array([[float(rank) for rank in row] for row in ranks.elements()])
    m, n = rows.shape
    panels = np.random.default_rng(SEED).permuted(np.tile(rows, (RESAMPLES, 1, 1)), axis=2)
    found = ((panels.sum(axis=1) - m * (n + 1) / 2) ** 2).sum(axis=1)
    return float((1 + (found >= spread - 1e-9).sum()) / (RESAMPLES + 1))
