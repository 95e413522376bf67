"""The tail of the chi-square distribution."""


def chi_square_tail(value: float, df: int) -> float:
    """P(chi² with df degrees of freedom ≥ value)."""
    from scipy.special import gammaincc

    return float(gammaincc(df / 2, value / 2))
