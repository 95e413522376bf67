"""Tail probabilities."""

from math import comb, erfc, sqrt


def chi_square_tail(value: float, df: int) -> float:
    """P(chi² with df degrees of freedom ≥ value)."""
    from scipy.special import gammaincc

    return float(gammaincc(df / 2, value / 2))


def normal_tail(z: float) -> float:
    """P(|Z| ≥ |z|) of a standard normal Z."""
    return erfc(abs(z) / sqrt(2))


def sign_test(fewer: int, total: int) -> float:
    """Two-sided exact binomial test with p = 1/2."""
    tail = sum(comb(total, k) for k in range(min(fewer, total - fewer) + 1))
    return min(1.0, 2 * tail / (1 << total))
