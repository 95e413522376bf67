"""Rules over many resamples at once: resample × a × b, whether a stands above b.

Weights are floats here; differences below a billionth are ties.
"""

from collections.abc import Callable
from typing import Any

NOTHING = 1e-9


def comparisons(table: Any) -> Any:
    """voters × a·b: whether the voter gives a the smaller place; not ranked (nan) compares with
    nothing.
    """
    n, m = table.shape
    return (table[:, :, None] < table[:, None, :]).reshape(n, m * m).astype(float)


def borda(wins: Any, m: int) -> Any:
    """By the comparisons won, less those lost: the order of Borda with shared places averaged."""
    pairs = wins.reshape(-1, m, m)
    points = pairs.sum(axis=2) - pairs.sum(axis=1)
    return higher(points)


def copeland(wins: Any, m: int) -> Any:
    """By majorities won, less those lost."""
    pairs = wins.reshape(-1, m, m)
    beats = pairs > pairs.transpose(0, 2, 1) + NOTHING
    return higher(beats.sum(axis=2) - beats.sum(axis=1).astype(float))


def minimax(wins: Any, m: int) -> Any:
    """By the smallest worst defeat, in winning votes."""
    import numpy as np

    pairs = wins.reshape(-1, m, m)
    lost = np.where(pairs.transpose(0, 2, 1) > pairs + NOTHING, pairs.transpose(0, 2, 1), 0)
    return higher(-lost.max(axis=2))


def schulze(wins: Any, m: int) -> Any:
    """Whether a beats b along the strongest paths, in winning votes."""
    import numpy as np

    pairs = wins.reshape(-1, m, m)
    paths = np.where(pairs > pairs.transpose(0, 2, 1) + NOTHING, pairs, 0)
    for through in range(m):
        step = np.minimum(paths[:, :, through, None], paths[:, None, through, :])
        np.maximum(paths, step, out=paths)
    return paths > paths.transpose(0, 2, 1) + NOTHING


BY_COMPARISON: dict[str, Callable[[Any, int], Any]] = {
    "borda": borda,
    "copeland": copeland,
    "minimax": minimax,
    "schulze": schulze,
}


def by_mean(table: Any, drawn: Any) -> Any:
    """By the mean of the answers."""
    return higher(means(table, drawn))


def by_total(table: Any, drawn: Any) -> Any:
    """By the sum of the answers, of which none is missing."""
    return higher(drawn @ table)


def by_median(table: Any, drawn: Any) -> Any:
    """By the median (type 7), then by the mean."""
    import numpy as np

    middle = np.stack([medians(column, drawn) for column in table.T], axis=1)
    same = abs(middle[:, :, None] - middle[:, None, :]) <= NOTHING
    return higher(middle) | (same & higher(means(table, drawn)))


def means(table: Any, drawn: Any) -> Any:
    """resample × option; far below every scale where nobody drawn answered."""
    import numpy as np

    answered = ~np.isnan(table)
    sums, counts = drawn @ np.where(answered, table, 0), drawn @ answered
    return np.where(counts > 0, sums / np.where(counts > 0, counts, 1), LOWEST)


LOWEST = -1e18


def medians(column: Any, drawn: Any) -> Any:
    """The median of one option in each resample."""
    import numpy as np

    rising = np.argsort(column)[: int((~np.isnan(column)).sum())]
    if not len(rising):
        return np.full(len(drawn), LOWEST)
    reached = drawn[:, rising].cumsum(axis=1)
    n = reached[:, -1:]
    lower = (reached > np.floor((n - 1) / 2)).argmax(axis=1)
    upper = (reached > np.ceil((n - 1) / 2)).argmax(axis=1)
    middle = (column[rising[lower]] + column[rising[upper]]) / 2
    return np.where(n[:, 0] > 0, middle, LOWEST)


def higher(points: Any) -> Any:
    """resample × a × b from resample × option: more points stand above."""
    return points[:, :, None] > points[:, None, :] + NOTHING
