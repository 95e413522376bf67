"""Ranked pairs: majorities are locked from the strongest down, those that would close a circle left
out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import ClassVar

from app.ballots.numbers import text
from app.methods.case import Case, Reads
from app.methods.orders import agreed, layered
from app.methods.outcome import Result
from app.methods.pairwise import Matrix, beats, pairwise, report
from app.methods.rankings import RankingMethod, RankingParams, profile
from app.methods.tiers import cut, in_words

Pair = tuple[str, str]
Locked = frozenset[Pair]  # closed: if a–b and b–c are in, so is a–c
MOST_WAYS = 500


class RankedPairs(RankingMethod[RankingParams]):
    """Majorities of equal strength are locked in every order; all rankings that follow are
    reported.
    """

    id: ClassVar[str] = "ranked_pairs"
    reads: ClassVar[Reads] = {"seats": None}
    reference = "Tideman (1987), Independence of clones as a criterion for voting rules."
    params = RankingParams

    def tally(self, case: Case[RankingParams]) -> Result:
        matrix = pairwise(case.options, profile(case))
        ways = Ways()
        for strength, group in by_strength(matrix):
            ways.lock(group, strength)
        rankings = sorted({tuple(map(tuple, order(matrix, locked))) for locked in ways.ends})
        found = [[list(tier) for tier in ranking] for ranking in rankings]
        ranking = agreed(found)
        winners, ties, decided = cut(ranking, case.poll.seats)
        firsts = sorted({option for one in found for option in one[0]}) if found else []
        if len(firsts) > 1 and (case.poll.seats or 1) == 1:
            winners, ties, decided = firsts, [firsts], "tie"
        return Result(
            winners=winners,
            decided=decided,
            ranking=ranking,
            ties=ties,
            diagnostics=report(matrix) | {"rankings": found},
            trace=[*ways.trace, f"Order: {in_words(ranking)}."],
            exact=not ways.capped,
            warnings=["So many equal majorities that not every order was followed."]
            if ways.capped
            else [],
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


@dataclass
class Ways:
    """Every set of locked majorities that some order of the equal ones leads to."""

    ends: set[Locked] = field(default_factory=lambda: {frozenset()})
    trace: list[str] = field(default_factory=list)
    capped: bool = False

    def lock(self, group: list[Pair], strength: str) -> None:
        names = ", ".join(f"{a} over {b}" for a, b in group)
        before = self.ends
        self.ends = set[Locked]().union(
            *(self.after(locked, frozenset(group)) for locked in before)
        )
        skipped = [f"{a} over {b}" for a, b in group if all((b, a) in end for end in self.ends)]
        left_out = (
            f"; left out, as it would close a circle: {', '.join(skipped)}" if skipped else ""
        )
        split = "; their order matters" if len(self.ends) > len(before) else ""
        self.trace.append(f"{strength}: {names}{left_out}{split}.")

    def after(self, locked: Locked, group: Locked) -> set[Locked]:
        """What locking a group of equal strength leads to, in every order."""
        waiting, ends, seen = [(locked, group)], set[Locked](), set[tuple[Locked, Locked]]()
        while waiting:
            now, left = waiting.pop()
            left = frozenset((a, b) for a, b in left if (b, a) not in now and (a, b) not in now)
            together = closed(now, left)
            if not any((b, a) in together for a, b in together):
                ends.add(together)
                continue
            for pair in sorted(left):
                step = (closed(now, [pair]), left - {pair})
                if step in seen:
                    continue
                if len(seen) > MOST_WAYS:
                    self.capped = True
                    break
                seen.add(step)
                waiting.append(step)
        return ends


def closed(locked: Locked, pairs: Iterable[Pair]) -> Locked:
    """The locked majorities with more of them, and all that follows by going on from one to the
    next.
    """
    found = set(locked)
    for a, b in pairs:
        above = {a} | {x for x, y in found if y == a}
        below = {b} | {y for x, y in found if x == b}
        found |= {(x, y) for x in above for y in below}
    return frozenset(found)


def order(matrix: Matrix, locked: Locked) -> list[list[str]]:
    return layered(matrix, lambda a, b: (a, b) in locked)
