"""Estimates against what turned out: Brier's score, calibration, how many ranges hold the answer.

G. W. Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review
78 (1950), for one event: the mean of (forecast − outcome)². Calibration groups the forecasts and
sets beside each group's mean forecast the share that came true.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from app.analysis.estimates import Curve, Range

Forecast = tuple[float, float]  # chance in percent, and 1 or 0 for what came
GROUPS = 5  # of the forecasts, by even parts of 0 to 100 percent


@dataclass(frozen=True)
class Calibrated:
    """The forecasts between two chances: how many, their mean in percent, and the share in percent
    of what came true."""

    low: float
    high: float
    n: int
    forecast: float
    happened: float


@dataclass(frozen=True)
class Hits:
    """Of so many ranges, how many hold the answer; the mean confidence in them, where stated."""

    n: int
    held: int
    stated: float | None


def brier(forecasts: Sequence[Forecast]) -> float | None:
    """Mean squared error of chances: 0 is perfect, 0.25 is what "fifty-fifty" always gets. None
    without forecasts."""
    if not forecasts:
        return None
    return fmean((chance / 100 - came) ** 2 for chance, came in forecasts)


def calibration(forecasts: Sequence[Forecast]) -> list[Calibrated]:
    """The forecasts in groups of rising chance; groups without any are left out."""
    width = 100 / GROUPS
    found = []
    for place in range(GROUPS):
        mine = [one for one in forecasts if min(int(one[0] // width), GROUPS - 1) == place]
        if mine:
            forecast, happened = fmean(c for c, _ in mine), 100 * fmean(came for _, came in mine)
            low = place * width
            found.append(Calibrated(low, low + width, len(mine), forecast, happened))
    return found


def hits(answers: Sequence[tuple[Range | Curve, float]]) -> Hits:
    """How many answers hold what turned out."""
    stated = [one.confidence for one, _ in answers if one.confidence is not None]
    held = sum(one.holds(value) for one, value in answers)
    return Hits(len(answers), held, fmean(stated) if stated else None)
