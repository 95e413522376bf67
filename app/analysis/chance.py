"""Tail probabilities."""

from math import comb, erfc, sqrt


def normal_tail(z: float) -> float:
    """P(|Z| ≥ |z|) of a standard normal Z."""
    return erfc(abs(z) / sqrt(2))


def sign_test(fewer: int, total: int) -> float:
    """Two-sided exact binomial test with p = 1/2."""
    tail = sum(comb(total, k) for k in range(min(fewer, total - fewer) + 1))
    return min(1.0, 2 * tail / (1 << total))
