"""Distributions fitted to an expert's quantiles by least squares on the probabilities."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Cdf = Callable[[Any], Any]
Points = list[tuple[float, float]]  # probability, value; rising

FAMILIES = ("normal", "t", "gamma", "lognormal", "beta")
DEGREES = 3  # of freedom of Student's t: with three quantiles they cannot be fitted too


@dataclass(frozen=True)
class Fit:
    """A fitted distribution: its family, its parameters by name, and the sum of squared errors."""

    family: str
    parameters: dict[str, float]
    ssq: float
    cdf: Cdf

    def spelled(self) -> dict[str, Any]:
        return {"family": self.family, **self.parameters, "ssq": self.ssq}


def possible(points: Points, lower: float | None, upper: float | None) -> list[str]:
    """The families that these bounds allow: shifted ones need a lower bound, beta both."""
    families = ["normal", "t"]
    if lower is not None and lower < points[0][1]:
        families += ["gamma", "lognormal"]
        if upper is not None and upper > points[-1][1]:
            families.append("beta")
    return families


def fit(family: str, points: Points, lower: float | None, upper: float | None) -> Fit:
    """The distribution of a family nearest to the points: two or more of them, and bounds that make
    the family `possible`. After O'Hagan et al. (2006), Uncertain Judgements (SHELF).
    """
    import numpy as np
    from scipy.optimize import least_squares

    p, x = (np.array(column) for column in zip(*points, strict=True))
    low, high = (0.0 if bound is None else bound for bound in (lower, upper))
    start, names, cdf_with = SHAPES[family](p, x, low, high)

    def errors(theta: Any) -> Any:
        return cdf_with(theta)(x) - p

    found = least_squares(errors, start, method="lm", xtol=1e-15, ftol=1e-15, gtol=1e-15)
    parameters = {name: float(value) for name, value in names(found.x).items()}
    return Fit(family, parameters, float((found.fun**2).sum()), cdf_with(found.x))


def straight(p: Any, x: Any, inverse: Cdf) -> tuple[float, float]:
    """Location and log scale of the line through the points on probability paper."""
    import numpy as np

    slope, middle = np.polyfit(inverse(p), x, 1)
    return float(middle), float(np.log(max(slope, 1e-12)))


def normal(p: Any, x: Any, low: float, high: float) -> tuple[Any, Any, Any]:
    from numpy import exp
    from scipy.special import ndtr, ndtri

    return (
        straight(p, x, ndtri),
        lambda t: {"mean": t[0], "sd": exp(t[1])},
        lambda t: lambda v: ndtr((v - t[0]) / exp(t[1])),
    )


def student(p: Any, x: Any, low: float, high: float) -> tuple[Any, Any, Any]:
    from numpy import exp
    from scipy.special import stdtr, stdtrit

    return (
        straight(p, x, lambda q: stdtrit(DEGREES, q)),
        lambda t: {"location": t[0], "scale": exp(t[1]), "df": DEGREES},
        lambda t: lambda v: stdtr(DEGREES, (v - t[0]) / exp(t[1])),
    )


def lognormal(p: Any, x: Any, low: float, high: float) -> tuple[Any, Any, Any]:
    from numpy import exp, log, maximum
    from scipy.special import ndtr, ndtri

    return (
        straight(p, log(x - low), ndtri),
        lambda t: {"mean_log": t[0], "sd_log": exp(t[1])},
        lambda t: lambda v: ndtr((log(maximum(v - low, 1e-300)) - t[0]) / exp(t[1])),
    )


def gamma(p: Any, x: Any, low: float, high: float) -> tuple[Any, Any, Any]:
    from numpy import exp, log, maximum
    from scipy.special import gammainc, ndtri

    middle, log_sd = straight(p, x - low, ndtri)
    middle = max(middle, 1e-9)
    return (
        (log(middle**2) - 2 * log_sd, log(middle) - 2 * log_sd),
        lambda t: {"shape": exp(t[0]), "rate": exp(t[1])},
        lambda t: lambda v: gammainc(exp(t[0]), maximum(v - low, 0) * exp(t[1])),
    )


def beta(p: Any, x: Any, low: float, high: float) -> tuple[Any, Any, Any]:
    from numpy import clip, exp, log
    from scipy.special import betainc, ndtri

    middle, log_sd = straight(p, (x - low) / (high - low), ndtri)
    middle = min(max(middle, 0.01), 0.99)
    total = max(middle * (1 - middle) / exp(2 * log_sd) - 1, 0.1)
    return (
        (log(middle * total), log((1 - middle) * total)),
        lambda t: {"shape1": exp(t[0]), "shape2": exp(t[1])},
        lambda t: lambda v: betainc(exp(t[0]), exp(t[1]), clip((v - low) / (high - low), 0, 1)),
    )


SHAPES = {
    "normal": normal,
    "t": student,
    "gamma": gamma,
    "lognormal": lognormal,
    "beta": beta,
}
