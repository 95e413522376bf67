"""How many minutes an exercise takes: items × criteria × seconds a judgement, and as soon as rounds
of this meeting are closed, the seconds that they have shown. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median
from typing import Any

# Seconds a judgement, before a meeting has shown its own pace: to read an item and to answer it.
SECONDS = {
    "react": 15.0,
    "rating": 20.0,
    "approval": 12.0,
    "nomination": 2.0,
    "ranking": 20.0,
    "judgement": 60.0,
    "consent": 60.0,
    "criteria": 8.0,  # each of an item's criteria
    "choice": 10.0,
    "motion": 45.0,
    "allocation": 15.0,
    "interval": 60.0,
    "quantiles": 60.0,
    "pair": 12.0,
    "best_worst": 25.0,
}
USUAL = 20.0
SETTLING = 120.0  # to say what is asked, and to open and close the round


def pace_of(shape: str, thrift: Mapping[str, Any] | None) -> str:
    """By which pace a round goes: to nominate is to look over many cells and tick a few."""
    return "nomination" if (thrift or {}).get("shortlist_from") else shape


@dataclass(frozen=True)
class Paced:
    """A round that was closed: how much there was to judge, and how long it was open."""

    shape: str
    items: int
    seconds: float
    criteria: int = 1

    @property
    def each(self) -> float:
        """Seconds a judgement."""
        return max(0.0, self.seconds) / (self.items * self.criteria)


@dataclass(frozen=True)
class Prediction:
    """How long an exercise takes, and from how many rounds of this meeting that is known."""

    minutes: int
    seconds_each: float
    rounds: int


def predicted(shape: str, items: int, criteria: int, shown: Sequence[Paced]) -> Prediction:
    """The minutes that so many items take.

    The median pace of closed rounds of the same shape; of other shapes where there is none, by how
    much they were faster or slower than usual; else the usual pace.
    """
    rounds = [one for one in shown if one.items and one.criteria]
    alike = [one.each for one in rounds if one.shape == shape]
    usual = SECONDS.get(shape, USUAL)
    if alike:
        each, known = median(alike), len(alike)
    elif rounds:
        speeds = [one.each / SECONDS.get(one.shape, USUAL) for one in rounds]
        each, known = usual * median(speeds), len(rounds)
    else:
        each, known = usual, 0
    seconds = SETTLING + items * max(1, criteria) * each
    return Prediction(ceil(seconds / 60), each, known)
