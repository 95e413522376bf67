"""Whether answers held from one round to the next, for the voters who answered both.

With some twenty voters “no significant change” is not yet stability: how many moved is always
given with its interval, and no test that finds nothing is ever called stable.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt
from typing import Any

from app.analysis.chance import normal_tail, sign_test
from app.analysis.raters import midranks

Pairs = Sequence[tuple[Fraction, Fraction]]  # before, after
MOST_EXACT = 50
SIGNIFICANT = 0.05
Z = 1.959963984540054  # the 97.5th percentile of the standard normal


def stability(pairs: Pairs) -> dict[str, Any]:
    """All measures over pairs of answers; each is null where it is not defined for them."""
    moved = sum(abs(after - before) >= 1 for before, after in pairs)
    test = wilcoxon(pairs)
    return {
        "n": len(pairs),
        "mcnemar": mcnemar(pairs),
        "wilcoxon": test,
        "weighted_kappa": weighted_kappa(pairs),
        "moved": moved,
        "moved_share": wilson(moved, len(pairs)),
        "words": in_words(moved, len(pairs), test),
    }


def wilson(part: int, whole: int) -> dict[str, float] | None:
    """A share with its 95 % interval (Wilson 1927); None of nothing."""
    if not whole:
        return None
    share, z2 = part / whole, Z * Z
    center = (share + z2 / (2 * whole)) / (1 + z2 / whole)
    half = Z / (1 + z2 / whole) * sqrt(share * (1 - share) / whole + z2 / (4 * whole**2))
    return {"share": share, "low": max(0.0, center - half), "high": min(1.0, center + half)}


def in_words(moved: int, n: int, test: dict[str, float] | None) -> str:
    """One sentence for the record."""
    if not n:
        return "Nobody answered in both rounds."
    count = f"{moved} of {n} answers moved by one step or more"
    if test is None:
        return f"{count}; none moved at all."
    if test["p"] < SIGNIFICANT:
        return f"{count}, more in one direction than chance would make them (p = {test['p']:.3f})."
    return f"{count}; no common direction was shown, which does not show that there is none."


def mcnemar(pairs: Pairs) -> dict[str, float] | None:
    """McNemar (1947) for answers of two values: chi², with Edwards' correction, and exact.

    None if the answers have more than two values or nobody moved.
    """
    values = sorted({value for pair in pairs for value in pair})
    if len(values) != 2:
        return None
    up = sum(before < after for before, after in pairs)
    down = sum(before > after for before, after in pairs)
    if up + down == 0:
        return None
    chi2 = (up - down) ** 2 / (up + down)
    corrected = max(0, abs(up - down) - 1) ** 2 / (up + down)
    return {
        "chi2": chi2,
        "p": normal_tail(sqrt(chi2)),
        "chi2_cc": corrected,
        "p_cc": normal_tail(sqrt(corrected)),
        "p_exact": sign_test(up, up + down),
    }


def wilcoxon(pairs: Pairs) -> dict[str, float] | None:
    """Signed-rank test (Wilcoxon 1945), two-sided; those who did not move are left out.

    `w` is the smaller rank sum. Exact over all signs up to 50 movers, ties included; beyond, the
    normal approximation corrected for ties. None if nobody moved.
    """
    moves = [after - before for before, after in pairs if after != before]
    if not moves:
        return None
    doubled = [int(2 * rank) for rank in midranks([abs(move) for move in moves])]
    total = sum(doubled)
    up = sum(rank for rank, move in zip(doubled, moves, strict=True) if move > 0)
    smaller = min(up, total - up)
    if len(moves) <= MOST_EXACT:
        p = exact_tail(doubled, smaller)
    else:
        p = normal_tail((smaller - total / 2) / (sqrt(sum(rank * rank for rank in doubled)) / 2))
    return {"w": smaller / 2, "n": len(moves), "p": p}


def exact_tail(ranks: Sequence[int], smaller: int) -> float:
    """The share of all ways to give signs that lie as far out on either side."""
    ways = [1] + [0] * sum(ranks)
    for rank in ranks:
        for place in range(len(ways) - 1, rank - 1, -1):
            ways[place] += ways[place - rank]
    return min(1.0, 2 * sum(ways[: smaller + 1]) / (1 << len(ranks)))


def weighted_kappa(pairs: Pairs) -> float | None:
    """Kappa with quadratic weights (Cohen 1968) between the rounds; None if all are equal."""
    if not pairs:
        return None
    observed = sum((before - after) ** 2 for before, after in pairs)
    expected = sum((before - after) ** 2 for before, _ in pairs for _, after in pairs)
    return None if expected == 0 else float(1 - Fraction(observed * len(pairs)) / expected)
