"""Drawing voters again: the percentile bootstrap (Efron 1979), seeded so that it can be repeated.

Equal ballots are drawn together, so that the votes of a whole constituency take no more room than
their distinct orders.
"""

from collections.abc import Iterator, Sequence
from typing import Any

RESAMPLES = 2000
SEED = 20160511
AT_ONCE = 8_000_000  # numbers held at a time


def draws(counts: Sequence[int], at_once: int = AT_ONCE) -> Iterator[Any]:
    """Resamples by kinds of ballot: how often each kind is drawn; as many ballots as there are."""
    import numpy as np

    rng = np.random.default_rng(SEED)
    total = sum(counts)
    shares = np.array(counts) / total
    step = max(1, at_once // len(counts))
    for start in range(0, RESAMPLES, step):
        size = min(step, RESAMPLES - start)
        yield rng.multinomial(total, shares, size=size).astype(float)


def bounds(values: Any) -> tuple[Any, Any]:
    """The 2.5th and 97.5th percentile along the first axis, type 7 of Hyndman and Fan."""
    import numpy as np

    low, high = np.quantile(values, [0.025, 0.975], axis=0)
    return low, high
