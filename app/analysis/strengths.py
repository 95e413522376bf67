"""What comparisons say of each option, how sure that is, and whether it is enough.

Pairs: strengths by Bradley and Terry around a mean of 0, with standard errors from the information
in the judgements. Best and worst: (best − worst) / shown, with the error of a mean of −1, 0 and 1.
Intervals are 1.96 errors wide to each side. Errors take the judgements for independent and, where
pairs were chosen by what was judged before, are somewhat too small (Bramley 2015).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import erf, sqrt
from typing import Any

from app.analysis.adaptive import parts_of
from app.ballots import Body
from app.ballots.best_worst import BestWorst
from app.ballots.pair import Pair
from app.methods import METHODS, Poll
from app.methods.bradley_terry import maximum, prior

WIDE = 1.96


@dataclass(frozen=True)
class Strength:
    """One option: its value with an interval, the places it may have, and how often it was judged.
    `error` is None while nothing is known of it."""

    option: str
    value: float
    error: float | None
    judged: int
    best_place: int = 1
    worst_place: int = 1

    @property
    def low(self) -> float:
        return self.value - WIDE * (self.error or 0)

    @property
    def high(self) -> float:
        return self.value + WIDE * (self.error or 0)


@dataclass(frozen=True)
class Compared:
    """All options, strongest first; how many judgements there were, how many of them were ties,
    and how many sets were skipped besides. `parts` counts what nothing connects; `together` are the
    pairs of neighbours in the order that cannot be told apart, `open_pairs` all such pairs; `doubt`
    is the share of all pairs that are expected to stand in the wrong order."""

    strengths: tuple[Strength, ...]
    judged: int
    tied: int
    skipped: int
    parts: int
    together: tuple[tuple[str, str], ...]
    open_pairs: int
    doubt: float

    @property
    def by_option(self) -> dict[str, Strength]:
        return {one.option: one for one in self.strengths}

    @property
    def like_the_next(self) -> set[str]:
        """The options that cannot be told from the one behind them."""
        return {first for first, _ in self.together}

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest end of all intervals."""
        lows, highs = [one.low for one in self.strengths], [one.high for one in self.strengths]
        return min(lows, default=0.0), max(highs, default=0.0)

    @property
    def pairs(self) -> int:
        return len(self.strengths) * (len(self.strengths) - 1) // 2

    @property
    def fewest(self) -> int:
        """How often the option was judged that was judged least."""
        return min((one.judged for one in self.strengths), default=0)

    def enough(self, each: int, doubt: int | None) -> bool:
        """By the rule stated beforehand: all are connected, and each was judged so many times or,
        if that was named, at most so many in a hundred pairs are expected in the wrong order."""
        sure = doubt is not None and self.judged > 0 and self.doubt * 100 <= doubt
        return self.parts == 1 and (self.fewest >= each or sure)


def compared(poll: Poll) -> Compared:
    """What the ballots of a poll of pairs, or of best and worst, say. Invalid ones say nothing."""
    case = METHODS[poll.method or ""].prepare(poll)
    judged = [(vote.body, vote.count) for vote in case.votes]
    sets = [tuple(body.named()) for body, _ in judged]
    times: Counter[str] = Counter()
    for members, (_, count) in zip(sets, judged, strict=True):
        times.update(dict.fromkeys(members, count))
    if case.poll.method == "best_worst":
        values, errors, apart = _best_worst(case.options, judged)
    else:
        values, errors, apart = _pairs(case.options, judged)
    found = [Strength(one, values[one], errors[one], times[one]) for one in case.options]
    ordered = sorted(found, key=lambda one: (-round(one.value, 9), one.option))
    unsure = {
        (a.option, b.option): _overlap(a.value - b.value, apart[a.option, b.option])
        for a, b in combinations(ordered, 2)
    }
    open_ = {pair for pair, (close, _) in unsure.items() if close}
    return Compared(
        strengths=tuple(_placed(one, ordered, open_) for one in ordered),
        judged=sum(count for _, count in judged),
        tied=sum(count for body, count in judged if isinstance(body, Pair) and body.pair.tie),
        skipped=sum(vote.count for vote in case.blanks),
        parts=len(set(parts_of(case.options, sets).values())),
        together=tuple(
            (a.option, b.option) for a, b in pairwise(ordered) if (a.option, b.option) in open_
        ),
        open_pairs=len(open_),
        doubt=sum(wrong for _, wrong in unsure.values()) / max(1, len(unsure)),
    )


Errors = tuple[dict[str, float], dict[str, float | None], Mapping[tuple[str, str], float | None]]


def _pairs(options: Sequence[str], judged: Sequence[tuple[Body, int]]) -> Errors:
    import numpy as np

    wins: dict[str, dict[str, float]] = {a: {b: 0.0 for b in options if b != a} for a in options}
    for body, count in judged:
        assert isinstance(body, Pair)
        said, half = body.pair, count / 2
        wins[said.winner][said.loser] += half if said.tie else count
        wins[said.loser][said.winner] += half if said.tie else 0
    precision = prior(wins)
    found = maximum(wins, precision)
    middle = sum(found.values()) / max(1, len(found))
    values = {one: value - middle for one, value in found.items()}
    if not judged:
        return values, dict.fromkeys(options), dict.fromkeys(_both_ways(options))
    strength = np.array([values[one] for one in options])
    chance = 1 / (1 + np.exp(strength[None, :] - strength[:, None]))
    games = np.array([[wins[a].get(b, 0) + wins[b].get(a, 0) for b in options] for a in options])
    weight = games * chance * chance.T
    known = (
        np.diag(weight.sum(axis=1)) - weight + precision * (np.eye(len(options)) - 1 / len(options))
    )
    spread = np.linalg.pinv(known)
    return (
        values,
        {one: float(sqrt(max(0.0, spread[n, n]))) for n, one in enumerate(options)},
        {
            (options[n], options[k]): float(
                sqrt(max(0.0, spread[n, n] + spread[k, k] - 2 * spread[n, k]))
            )
            for n, k in _both_ways(range(len(options)))
        },
    )


def _best_worst(options: Sequence[str], judged: Sequence[tuple[Body, int]]) -> Errors:
    counts = {one: Counter({"best": 0, "worst": 0, "shown": 0}) for one in options}
    for body, count in judged:
        assert isinstance(body, BestWorst)
        for one in body.best_worst.shown:
            counts[one]["shown"] += count
        counts[body.best_worst.best]["best"] += count
        counts[body.best_worst.worst]["worst"] += count
    values = {
        one: (n["best"] - n["worst"]) / n["shown"] if n["shown"] else 0.0
        for one, n in counts.items()
    }
    errors = {one: _error_of_mean(n) for one, n in counts.items()}
    return values, errors, {(a, b): _joint(errors[a], errors[b]) for a, b in _both_ways(options)}


def _error_of_mean(n: Counter[str]) -> float | None:
    """With half an answer of each kind added, so that an option that was always best is not taken
    for certain after one look."""
    if not n["shown"]:
        return None
    best, worst, shown = n["best"] + 0.5, n["worst"] + 0.5, n["shown"] + 1.5
    mean = (best - worst) / shown
    return sqrt(((best + worst) / shown - mean**2) / shown)


def _joint(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else sqrt(one**2 + other**2)


def _both_ways(names: Sequence[Any]) -> list[tuple[Any, Any]]:
    return [(a, b) for a in names for b in names if a != b]


def _overlap(difference: float, error: float | None) -> tuple[bool, float]:
    """Whether two cannot be told apart, and how likely their order is the other way round."""
    if not error:
        return True, 0.5
    z = abs(difference) / error
    return z < WIDE, (1 - erf(z / sqrt(2))) / 2


def _placed(one: Strength, ordered: Sequence[Strength], open_: set[tuple[str, str]]) -> Strength:
    """With the best and the worst place it may have: those it cannot be told from may stand on
    either side."""
    place = ordered.index(one)
    above = sum((other.option, one.option) not in open_ for other in ordered[:place])
    below = sum((one.option, other.option) not in open_ for other in ordered[place + 1 :])
    return Strength(one.option, one.value, one.error, one.judged, above + 1, len(ordered) - below)
