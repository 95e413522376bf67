"""What to compare next, so that the fewest judgements tell the most about the order.

Pairs: connect what nothing compares yet, then take up whatever was shown less than three times,
then the close ones whose order is least sure where most options stand (adaptive comparative
judgement: Pollitt 2012; the weighing by what a judgement tells is that of `worth`).
Sets for best and worst: balanced by times shown, then by how often two stood together. Pure: the
same for the same judgements and voter; whatever is equal, the voter's own id decides.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import combinations
from typing import Any

from app.methods.bradley_terry import PRECISION, maximum

Set = tuple[str, ...]

AT_LEAST = 3  # times that each option is shown before it is left to the estimates what is shown


@dataclass(frozen=True)
class Asked:
    """What a panel was shown and has judged. `shown` counts each set, answered or not, so that
    those who judge at one time are not all shown the same; `own` are the sets that this voter was
    shown; `wins` says how often one option was preferred to another, a tie being half a win."""

    options: Sequence[str]
    shown: Mapping[Set, int] = field(default_factory=dict)
    wins: Mapping[tuple[str, str], float] = field(default_factory=dict)
    own: Collection[Set] = frozenset()
    voter: str = ""

    @property
    def times(self) -> Counter[str]:
        """How often each option was shown."""
        times = Counter(dict.fromkeys(self.options, 0))
        for members, count in self.shown.items():
            times.update(dict.fromkeys(members, count))
        return times

    def together(self) -> Counter[Set]:
        """How often two stood together, in sets of any size."""
        found: Counter[Set] = Counter()
        for members, count in self.shown.items():
            found.update(dict.fromkeys(combinations(sorted(members), 2), count))
        return found

    def draw(self, *names: str) -> bytes:
        """A place among what is equal: the same again for this voter, another for others."""
        return sha256(" ".join((self.voter, *names)).encode()).digest()


@dataclass(frozen=True)
class Next:
    """What to show, in the order in which it stands there, and the rule that chose it: connect,
    fewest, closest; or balanced for a set."""

    shown: Set
    rule: str


def next_set(asked: Asked, size: int) -> Next | None:
    """The next pair, or the next few, for a voter; None if there is none they have not judged."""
    size = min(size, len(asked.options))
    found = _next_pair(asked) if size == 2 else _next_few(asked, size)
    if found is None:
        return None
    members, rule = found
    return Next(tuple(sorted(members, key=lambda one: asked.draw("place", *members, one))), rule)


def _next_pair(asked: Asked) -> tuple[Set, str] | None:
    free: list[Set] = [
        pair for pair in combinations(sorted(asked.options), 2) if pair not in asked.own
    ]
    if not free:
        return None
    parts, times = parts_of(asked.options, asked.shown), asked.times
    apart = [pair for pair in free if parts[pair[0]] != parts[pair[1]]]
    if apart:
        among, rule = _least(apart, times), "connect"
    elif min(times.values()) < AT_LEAST:
        among, rule = _least(free, times), "fewest"
    else:
        among, rule = free, "closest"
    worth_of = worth(asked.options, asked.shown, asked.wins)
    most = max(worth_of[pair] for pair in among)
    equal = [pair for pair in among if worth_of[pair] == most]
    return min(equal, key=lambda pair: asked.draw(*pair)), rule


def _least(pairs: Sequence[Set], times: Mapping[str, int]) -> list[Set]:
    """Those pairs that hold whatever was shown least."""
    least = min(times[one] for pair in pairs for one in pair)
    return [pair for pair in pairs if least in (times[pair[0]], times[pair[1]])]


def _next_few(asked: Asked, size: int) -> tuple[Set, str] | None:
    """Greedily: whatever was shown least, and least often beside those chosen already. A set that
    this voter has judged gives way to the next one that begins elsewhere or ends otherwise."""
    times, together = asked.times, asked.together()

    def fitting(chosen: Set) -> list[str]:
        def key(one: str) -> tuple[int, int, bytes]:
            beside = sum(together[min(one, other), max(one, other)] for other in chosen)
            return times[one], beside, asked.draw(one)

        return sorted((one for one in asked.options if one not in chosen), key=key)

    return next(
        ((members, "balanced") for members in _grown(fitting, size) if members not in asked.own),
        None,
    )


def _grown(fitting: Any, size: int, chosen: Set = ()) -> Iterator[Set]:
    """Every set of a size, the best fitting first, each once for each order it can grow in."""
    if len(chosen) == size:
        yield tuple(sorted(chosen))
        return
    for one in fitting(chosen):
        yield from _grown(fitting, size, (*chosen, one))


def parts_of(options: Sequence[str], sets: Iterable[Set]) -> dict[str, str]:
    """The part of the panel's options that each belongs to: those of a set are in one."""
    part = {one: one for one in options}
    for first, *others in sets:
        for other in others:
            old, new = part[other], part[first]
            if old != new:
                part = {one: new if mine == old else mine for one, mine in part.items()}
    return part


def worth(
    options: Sequence[str], shown: Mapping[Set, int], wins: Mapping[tuple[str, str], float]
) -> dict[Set, float]:
    """How much one more judgement of each pair is expected to tell of the order, the most being 1.

    It is the fall in the expected square error of the places: what is now known of the strengths
    (a normal distribution around `estimates`, everything that was shown counted as judged, so that
    those who judge at one time are shown different pairs), less what will be known; the error of
    each strength times the options that stand about as high, which an error passes. A pair tells
    most if it is close, its distance is not sure yet, and many others stand around it.
    """
    import numpy as np

    found = estimates(options, wins)
    names = sorted(options)
    place = {one: n for n, one in enumerate(names)}
    strength = np.array([found[one] for one in names])
    times = np.zeros((len(names), len(names)))
    for (one, other), count in shown.items():
        times[place[one], place[other]] = times[place[other], place[one]] = count
    apart = strength[:, None] - strength[None, :]
    weight = times / (2 + 2 * np.cosh(apart))
    unsure = np.linalg.inv(np.diag(weight.sum(axis=1) + PRECISION) - weight)
    of_pair = _of_difference(unsure)
    # What a judgement tells, on average over where the two may stand (MacKay 1992).
    told = 1 / (2 + 2 * np.cosh(apart / np.sqrt(1 + 3 * of_pair / np.pi**2)))
    passed = np.exp(-(apart**2) / 2).sum(axis=1)
    shift = unsure - unsure.mean(axis=1, keepdims=True)  # to move all alike changes no place
    fall = told * _of_difference((shift * passed**2) @ shift.T) / (1 + told * of_pair)
    fall /= fall.max()
    return {
        (one, other): round(float(fall[place[one], place[other]]), 9)
        for one, other in combinations(names, 2)
    }


def _of_difference(matrix: Any) -> Any:
    """Of each two rows, the form's value for their difference."""
    own = matrix.diagonal()
    return own[:, None] + own[None, :] - 2 * matrix


def estimates(options: Sequence[str], wins: Mapping[tuple[str, str], float]) -> dict[str, float]:
    """Present strengths by Bradley and Terry around a mean of 0, drawn towards it while little is
    known."""
    won = {one: {other: wins.get((one, other), 0.0) for other in options} for one in options}
    found = maximum(won, PRECISION)
    middle = sum(found.values()) / len(found)
    return {one: value - middle for one, value in found.items()}
