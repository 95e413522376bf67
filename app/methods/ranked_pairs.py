"""Ranked pairs: majorities are locked from the strongest down, those that would close a circle left
out.

Strength: more votes for, then fewer against. Majorities of equal strength are locked in every
order; those who are first in one of the rankings tie. O(options⁴) in each order, at most 100
orders.
"""

from functools import reduce
from itertools import groupby
from operator import and_
from typing import ClassVar

from app.ballots.numbers import text
from app.methods.case import Case, Reads
from app.methods.links import Reached, joined, linked
from app.methods.orders import agreed, layered
from app.methods.outcome import Result
from app.methods.pairwise import Matrix, beats, pairwise, report
from app.methods.rankings import RankingMethod, RankingParams, profile
from app.methods.tiers import cut, in_words

Pair = tuple[str, str]
MOST_WAYS = 100
UNDETERMINED = (
    "Undetermined: equal majorities lead to more than 100 orders; 100 at most are listed."
)


class RankedPairs(RankingMethod[RankingParams]):
    """Majorities of equal strength are locked in every order, and all rankings that follow are
    reported, up to 100 of them. Beyond that the outcome is undetermined: nobody is named, and the
    ranking holds only what is locked whatever the order.
    """

    id: ClassVar[str] = "ranked_pairs"
    reads: ClassVar[Reads] = {"seats": None}
    reference = "Tideman (1987), Independence of clones as a criterion for voting rules."
    params = RankingParams

    def tally(self, case: Case[RankingParams]) -> Result:
        matrix = pairwise(case.options, profile(case))
        ways = Ways(list(matrix))
        for strength, group in by_strength(matrix):
            ways.lock(group, strength)
        rankings = sorted({tuple(map(tuple, ways.order(end))) for end in ways.ends})
        found = [[list(tier) for tier in ranking] for ranking in rankings]
        ranking = ways.order(ways.sure) if ways.capped else agreed(found)
        winners, ties, decided = cut(ranking, case.poll.seats)
        firsts = sorted({option for one in found for tier in one[:1] for option in tier})
        if len(firsts) > 1 and (case.poll.seats or 1) == 1:
            winners, ties, decided = firsts, [firsts], "tie"
        if ways.capped:
            winners, ties, decided = [], ranking[:1], "tie"
        return Result(
            winners=winners,
            decided=decided,
            ranking=ranking,
            ties=ties,
            diagnostics=report(matrix) | {"rankings": found, "undetermined": ways.capped},
            trace=[*ways.trace, f"Order: {in_words(ranking)}."],
            exact=not ways.capped,
            warnings=[UNDETERMINED] if ways.capped else [],
        )


def by_strength(matrix: Matrix) -> list[tuple[str, list[Pair]]]:
    """Majorities grouped by strength, strongest first: by winning votes, then by fewer against."""

    def strength(pair: Pair) -> tuple[int | object, int | object]:
        return (-matrix[pair[0]][pair[1]], matrix[pair[1]][pair[0]])

    pairs = sorted((a, b) for a in matrix for b in matrix[a] if beats(matrix, a, b))
    ordered = sorted(pairs, key=lambda p: (-matrix[p[0]][p[1]], matrix[p[1]][p[0]]))
    return [
        (
            f"{text(matrix[group[0][0]][group[0][1]])}–{text(matrix[group[0][1]][group[0][0]])}",
            group,
        )
        for _, same in groupby(ordered, key=strength)
        for group in [list(same)]
    ]


class Ways:
    """Every set of locked majorities that some order of the equal ones leads to. `sure` is what is
    locked in all of them, as long as all were followed.
    """

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self.number = {name: place for place, name in enumerate(names)}
        self.sure: Reached = (0,) * len(names)
        self.ends = {self.sure}
        self.trace: list[str] = []
        self.capped = False

    def lock(self, group: list[Pair], strength: str) -> None:
        pairs = frozenset((self.number[a], self.number[b]) for a, b in group)
        before = self.ends
        found = set[Reached]().union(*(self.after(locked, pairs) for locked in sorted(before)))
        self.capped = self.capped or len(found) > MOST_WAYS
        self.ends = set(sorted(found)[:MOST_WAYS])
        if not self.capped:
            self.sure = tuple(all_of(column) for column in zip(*self.ends, strict=True))
        self.tell(group, strength, len(self.ends) > len(before))

    def tell(self, group: list[Pair], strength: str, split: bool) -> None:
        names = ", ".join(f"{a} over {b}" for a, b in group)
        skipped = [f"{a} over {b}" for a, b in group if self.never(a, b)]
        out = f"; left out, as it would close a circle: {', '.join(skipped)}" if skipped else ""
        self.trace.append(f"{strength}: {names}{out}{'; their order matters' if split else ''}.")

    def never(self, a: str, b: str) -> bool:
        """True if b stands above a in all that was found."""
        return all(linked(end, self.number[b], self.number[a]) for end in self.ends)

    def after(self, locked: Reached, group: frozenset[tuple[int, int]]) -> set[Reached]:
        """What locking a group of equal strength leads to, in every order."""
        waiting, ends, seen = [(locked, group)], set[Reached](), {(locked, group)}
        while waiting:
            now, left = waiting.pop()
            left = frozenset(p for p in left if not linked(now, *p) and not linked(now, *p[::-1]))
            together = joined(now, left)
            free = {(a, b) for a, b in left if not linked(together, b, a)}  # in no circle
            now, left = joined(now, free), left - free
            if not left:
                ends.add(now)
            for pair in sorted(left):
                step = (joined(now, [pair]), left - {pair})
                if self.capped or len(seen) > MOST_WAYS:
                    self.capped = True  # from here on one order stands for all
                    waiting.append(step)
                    break
                if step not in seen:
                    seen.add(step)
                    waiting.append(step)
        return ends

    def order(self, locked: Reached) -> list[list[str]]:
        return layered(self.names, lambda a, b: linked(locked, self.number[a], self.number[b]))


def all_of(sets: tuple[int, ...]) -> int:
    """What is in every one of the sets."""
    return reduce(and_, sets)
