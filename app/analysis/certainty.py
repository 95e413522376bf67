"""How certain the order is: the same count over voters drawn again and again from those there.

Percentile bootstrap over voters (Efron 1979), with a fixed seed, so that it can be repeated.
"""

from collections.abc import Sequence
from typing import Any

from app.analysis.raters import Row

RESAMPLES = 2000
SEED = 20160511
TOP = 3
SEPARATED = 0.9


def certainty(rows: Sequence[Row], options: Sequence[str], ranked: bool) -> dict[str, Any] | None:
    """For each option the 95 % interval of its rank and the probability to be among the first
    `top`; and the pairs that cannot be separated. None with fewer than two voters or options.

    Rankings (rows of places) are recounted by Schulze, ratings by their mean.
    """
    import numpy as np

    if len(rows) < 2 or len(options) < 2:
        return None
    table = np.array([[float(row.get(o, np.nan)) for o in options] for row in rows])
    drawn = np.random.default_rng(SEED).multinomial(
        len(rows), [1 / len(rows)] * len(rows), size=RESAMPLES
    )
    above = schulze_above(np, table, drawn) if ranked else mean_above(np, table, drawn)
    ranks = 1 + above.sum(axis=1)  # how many stand above, in each resample
    low, high = np.percentile(ranks, [2.5, 97.5], axis=0, method="nearest")
    share = above.mean(axis=0)
    return {
        "resamples": RESAMPLES,
        "seed": SEED,
        "top": TOP,
        "options": {
            option: {
                "rank_low": int(low[n]),
                "rank_high": int(high[n]),
                "in_top": float((ranks[:, n] <= TOP).mean()),
            }
            for n, option in enumerate(options)
        },
        "not_separated": [
            [options[a], options[b]]
            for a in range(len(options))
            for b in range(a + 1, len(options))
            if low[a] <= high[b] and low[b] <= high[a] and max(share[a, b], share[b, a]) < SEPARATED
        ],
    }


def mean_above(np: Any, table: Any, drawn: Any) -> Any:
    """resample × a × b: whether a's mean rating is above b's."""
    answered = ~np.isnan(table)
    sums, counts = drawn @ np.where(answered, table, 0), drawn @ answered
    means = np.where(counts > 0, sums / np.maximum(counts, 1), -np.inf)
    return means[:, :, None] > means[:, None, :] + 1e-12


def schulze_above(np: Any, table: Any, drawn: Any) -> Any:
    """resample × a × b: whether a beats b along the strongest paths; a small place is better."""
    n, m = table.shape
    prefers = (table[:, :, None] < table[:, None, :]).reshape(n, m * m)
    wins = (drawn @ prefers).reshape(len(drawn), m, m)
    paths = np.where(wins > wins.transpose(0, 2, 1), wins, 0)
    for through in range(m):
        step = np.minimum(paths[:, :, through, None], paths[:, None, through, :])
        paths = np.maximum(paths, step)
    return paths > paths.transpose(0, 2, 1)
