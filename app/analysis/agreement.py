"""How far raters agree: W, alpha, kappa and plain percent agreement. Ballots are raters, options
units.
"""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from app.analysis.concordance import common, kendall_w
from app.analysis.krippendorff import krippendorff_alpha
from app.analysis.raters import Row


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
    answers = [[row[unit] for row in rows] for unit in units]
    return sum(max(given) - min(given) <= tolerance for given in answers) / len(units)
