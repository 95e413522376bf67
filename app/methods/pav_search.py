"""The best committees under proportional approval among all there are, exactly."""

from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import Any

from app.methods.committees import Bloc

MOST_LISTED = 100


@dataclass
class Best:
    """The best score, how many committees reach it, the first hundred of them found, and who is in
    all of them and who in some.
    """

    score: Fraction
    number: int = 0
    committees: list[list[str]] = field(default_factory=list)
    every: set[str] = field(default_factory=set)
    some: set[str] = field(default_factory=set)


def best_committees(voters: list[Bloc], options: list[str], seats: int) -> Best:
    """All optima, by depth-first search over the sets in canonical order.

    A branch is left only if it cannot even reach the best known score: a further member never adds
    more than it would add now, so the largest gains of today bound what is still to come. Scores
    are whole numbers, in parts of lcm(1 … seats) times what the weights are parts of: a half of a
    half vote has to be whole, too.
    """
    import numpy as np

    weights = lcm(*(Fraction(bloc.power).denominator for bloc in voters))
    unit = weights * lcm(*range(1, seats + 1))
    powers = [int(bloc.power * unit) for bloc in voters]
    kind = np.int64 if sum(powers) * seats < 2**62 else object  # beyond 64 bits numpy would wrap
    approves = np.array([[o in bloc.approved for bloc in voters] for o in options], dtype=kind)
    search = Search(
        np, options, seats, approves.reshape(len(options), len(voters)), np.array(powers, kind)
    )
    search.visit(0, (), np.zeros(len(voters), dtype=np.int64), 0)
    search.found.score = Fraction(search.best, unit)
    return search.found


class Search:
    """One search under way. `best` is the best score so far, at first that of the greedy choice."""

    def __init__(self, np: Any, options: list[str], seats: int, approves: Any, powers: Any) -> None:
        self.np, self.options, self.seats = np, options, seats
        self.approves, self.powers = approves, powers
        self.found = Best(Fraction(0))
        self.best = self.greedy()

    def gains(self, start: int, members: Any) -> Any:
        """What each option from `start` on would add; `members` counts them for each bloc."""
        return self.approves[start:] @ (self.powers // (members + 1))

    def greedy(self) -> int:
        """The score of the committee chosen step by step."""
        members, score = self.np.zeros(len(self.powers), dtype=self.np.int64), 0
        left = list(range(len(self.options)))
        for _ in range(self.seats):
            gains = self.gains(0, members)
            chosen = max(left, key=lambda place: int(gains[place]))
            left.remove(chosen)
            members, score = members + self.approves[chosen], score + int(gains[chosen])
        return score

    def visit(self, start: int, chosen: tuple[int, ...], members: Any, score: int) -> None:
        """Every completion of the chosen by options from `start` on."""
        missing = self.seats - len(chosen)
        if not missing:
            self.note(chosen, [()], score)
            return
        gains = self.gains(start, members)
        if score + int(self.np.sort(gains)[-missing:].sum()) < self.best:
            return
        if missing == 1:
            most = int(gains.max())
            last = self.np.flatnonzero(gains == most).tolist()
            self.note(chosen, [(start + place,) for place in last], score + most)
            return
        for place in range(len(gains) - missing + 1):
            self.visit(
                start + place + 1,
                (*chosen, start + place),
                members + self.approves[start + place],
                score + int(gains[place]),
            )

    def note(self, chosen: tuple[int, ...], ends: list[tuple[int, ...]], score: int) -> None:
        """Committees that all reach a score, no worse than the best so far: the chosen ones with
        each of the ends.
        """
        if score > self.best:
            self.best, self.found = score, Best(Fraction(0))
        one = self.found
        first = {self.options[place] for place in chosen}
        lasts = [{self.options[place] for place in end} for end in ends]
        shared = first | set.intersection(*lasts)
        one.every = one.every & shared if one.number else shared
        one.some |= first.union(*lasts)
        one.number += len(ends)
        room = MOST_LISTED - len(one.committees)
        one.committees += [sorted(first | last) for last in lasts[:room]]
