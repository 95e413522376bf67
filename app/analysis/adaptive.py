"""What to compare next, so that the fewest judgements tell the most about the order.

Pairs: connect what nothing compares yet, then take up whatever was shown least, then put it beside
its closest neighbour by the present estimates (adaptive comparative judgement: Pollitt 2012). A
pair that was asked before counts as further apart, so that all of the panel is not asked the same.
Sets for best and worst: balanced by times shown, then by how often two stood together. Pure: the
same for the same judgements and voter; whatever is equal, the voter's own id decides.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import combinations
from typing import Any

Set = tuple[str, ...]

# The spread of strengths that is expected before anything is known: a standard deviation of two
# logits, at which ten comparisons an item give the reliability that panels show (0.8 to 0.9).
PRECISION = 0.25
STEPS = 6
ASKED_BEFORE = 0.5  # logits by which a pair counts as further apart for each time it was shown


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
    free = [pair for pair in combinations(sorted(asked.options), 2) if pair not in asked.own]
    if not free:
        return None
    parts, times = parts_of(asked.options, asked.shown), asked.times
    apart = [pair for pair in free if parts[pair[0]] != parts[pair[1]]]
    lagging = min(times.values()) < max(times.values())
    rule = "connect" if apart else "fewest" if lagging else "closest"
    least = min(min(times[a], times[b]) for a, b in apart or free)
    among = [(a, b) for a, b in apart or free if min(times[a], times[b]) == least]
    strength, together = estimates(asked.options, asked.wins), asked.together()

    def distance(pair: Set) -> float:
        between = abs(strength[pair[0]] - strength[pair[1]])
        return round(between + ASKED_BEFORE * together[pair], 6)

    closest = min(map(distance, among))
    equal = [pair for pair in among if distance(pair) == closest]
    return min(equal, key=lambda pair: asked.draw(*pair)), rule


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


def estimates(options: Sequence[str], wins: Mapping[tuple[str, str], float]) -> dict[str, float]:
    """Present strengths by Bradley and Terry, drawn towards the middle while little is known: the
    most likely ones under a normal prior, by Newton's method."""
    import numpy as np

    place = {one: n for n, one in enumerate(options)}
    won = np.zeros((len(options), len(options)))
    for (winner, loser), number in wins.items():
        won[place[winner], place[loser]] += number
    games, total, strength = won + won.T, won.sum(axis=1), np.zeros(len(options))
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(strength[None, :] - strength[:, None]))
        weight = games * chance * chance.T
        curve = np.diag(weight.sum(axis=1) + PRECISION) - weight
        slope = total - (games * chance).sum(axis=1) - PRECISION * strength
        strength = strength + np.clip(np.linalg.solve(curve, slope), -2, 2)
    return {one: float(strength[n]) for one, n in place.items()}
