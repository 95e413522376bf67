"""How far raters agree: W, alpha, kappa and plain percent agreement. Ballots are raters, options
units.
"""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

from app.analysis.krippendorff import krippendorff_alpha
from app.analysis.raters import Row, midranks
from app.methods.chi_square import chi_square_tail


def agreement(rows: Sequence[Row]) -> dict[str, Any]:
    """All measures; each is null where it is not defined for this table."""
    return {
        "raters": len(rows),
        "krippendorff_alpha": {
            level: krippendorff_alpha(rows, level)
            for level in ("nominal", "ordinal", "interval", "ratio")
        },
        "fleiss_kappa": fleiss_kappa(rows),
        "cohen_kappa": cohen_kappa(*rows) if len(rows) == 2 else None,
        "percent_agreement": {str(t): percent_agreement(rows, t) for t in (0, 1)},
        "kendall_w": kendall_w(rows),
    }


def common(rows: Sequence[Row]) -> list[str]:
    """The units that all raters answered, sorted."""
    return sorted(set.intersection(*(set(row) for row in rows))) if rows else []


def kendall_w(rows: Sequence[Row]) -> dict[str, float] | None:
    """Kendall's W, corrected for ties, over the units that all answered, with its chi-square test.

    W = 12 S / (m²(n³−n) − m ΣT), chi² = m(n−1)W with n−1 degrees of freedom (Kendall 1970).
    """
    units, m = common(rows), len(rows)
    n = len(units)
    if m < 2 or n < 2:
        return None
    ranks = [midranks([row[unit] for unit in units]) for row in rows]
    sums = [sum(column) for column in zip(*ranks, strict=True)]
    spread = sum((total - Fraction(m * (n + 1), 2)) ** 2 for total in sums)
    ties = sum(t**3 - t for row in ranks for t in Counter(row).values())
    bound = m * m * (n**3 - n) - m * ties
    if bound == 0:
        return None
    w = Fraction(12 * spread) / bound
    chi2 = float(m * (n - 1) * w)
    return {"w": float(w), "chi2": chi2, "df": n - 1, "p": chi_square_tail(chi2, n - 1)}


def fleiss_kappa(rows: Sequence[Row]) -> float | None:
    """Fleiss (1971), over the units that all answered; every distinct value is a category."""
    units, m = common(rows), len(rows)
    if m < 2 or not units:
        return None
    counts = [Counter(row[unit] for row in rows) for unit in units]
    pairs = sum(c * (c - 1) for unit in counts for c in unit.values())
    observed = Fraction(pairs, m * (m - 1) * len(units))
    shares = sum(counts, Counter[Fraction]())
    expected = sum(Fraction(share, m * len(units)) ** 2 for share in shares.values())
    return None if expected == 1 else float((observed - expected) / (1 - expected))


def cohen_kappa(one: Row, other: Row) -> float | None:
    """Cohen (1960), unweighted, over the units that both answered."""
    units = common([one, other])
    if not units:
        return None
    observed = Fraction(sum(one[unit] == other[unit] for unit in units), len(units))
    first, second = (Counter(row[unit] for unit in units) for row in (one, other))
    expected = sum(
        (Fraction(n * second[v], len(units) ** 2) for v, n in first.items()), Fraction(0)
    )
    return None if expected == 1 else float((observed - expected) / (1 - expected))


def percent_agreement(rows: Sequence[Row], tolerance: int) -> float | None:
    """The share of units answered by all whose answers lie no further apart than the tolerance."""
    units = common(rows)
    if len(rows) < 2 or not units:
        return None
    near = [
        all(abs(one[unit] - other[unit]) <= tolerance for one, other in combinations(rows, 2))
        for unit in units
    ]
    return sum(near) / len(near)
