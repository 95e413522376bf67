"""A weighted mixture of distributions, read at values and at probabilities."""

from collections.abc import Sequence

from app.methods.fits import Cdf


def mixed(cdfs: Sequence[Cdf], weights: Sequence[float], value: float) -> float:
    """The mixture's cumulative probability at a value."""
    total = sum(weights)
    return sum(w * float(cdf(value)) for cdf, w in zip(cdfs, weights, strict=True)) / total


def quantile_of(
    cdfs: Sequence[Cdf], weights: Sequence[float], p: float, low: float, high: float
) -> float:
    """The value at a probability, by bisection from a first range that is widened as needed."""
    width = max(high - low, 1e-9)
    while mixed(cdfs, weights, low) > p:
        low, width = low - width, width * 2
    width = max(high - low, 1e-9)
    while mixed(cdfs, weights, high) < p and width < 1e300:
        high, width = high + width, width * 2
    for _ in range(200):
        middle = (low + high) / 2
        if mixed(cdfs, weights, middle) < p:
            low = middle
        else:
            high = middle
    return (low + high) / 2
