"""Instant run-off: the option with the fewest first preferences leaves until one has a majority.

The option with the fewest first preferences leaves; those tied for last leave together only if
their sum stays below the next, else each way is followed, and whoever wins on one of them ties. At
most 500 sets of options are counted; beyond, a warning says so. O(ballots · options) a set.
"""

from dataclasses import dataclass, field
from itertools import dropwhile
from typing import Any, ClassVar

from app.ballots.numbers import text
from app.methods.case import Case, Power
from app.methods.first_preferences import first_preferences
from app.methods.outcome import Result
from app.methods.pairwise import pairwise, report
from app.methods.rankings import Profile, RankingMethod, RankingParams, Tiers, as_given, filled
from app.methods.tiers import in_words, scored, tiers, tiers_by

MOST_WAYS = 500
Piles = dict[Tiers, Profile]  # the first tier alone, or nothing → the ballots that start with it
Standing = tuple[int, Power]  # rounds survived, then the last tally: higher is better


@dataclass
class Runoff:
    """All ways the elimination can go. A tie for last place that matters splits it; each set is
    counted once.
    """

    standings: dict[frozenset[str], dict[str, Standing]] = field(default_factory=dict)
    winners: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)
    trace: list[str] = field(default_factory=list)
    rounds: list[dict[str, Any]] = field(default_factory=list)
    capped: bool = False

    def run(self, left: frozenset[str], piles: Piles, told: bool) -> None:
        """Count the set and all that follows; `told` marks the line of play that trace and rounds
        describe.
        """
        if left in self.standings:
            return
        piles = passed_on(piles, left)
        tally, exhausted = first_preferences(tops(piles), left)
        leaving, votes = last_ones(tally), sum(tally.values())
        leader = next((o for o in sorted(tally) if tally[o] * 2 > votes), None)
        if told:
            self.rounds.append(
                {"tally": {o: text(tally[o]) for o in sorted(tally)}, "exhausted": text(exhausted)}
            )
            self.tell(tally, leader, leaving)
        if leader or len(left) == 1 or not any(tally.values()):
            self.winners[left] = frozenset({leader} if leader else left)
            self.standings[left] = {option: (0, power) for option, power in tally.items()}
            return
        self.winners[left] = frozenset()
        standing: dict[str, Standing] = {}
        if len(leaving) > 1 and len(self.winners) > MOST_WAYS:
            leaving, self.capped = leaving[:1], True
        for branch, out in enumerate(leaving):
            rest = left - out
            self.run(rest, piles, told and branch == 0)
            self.winners[left] |= self.winners[rest]
            for option in left:
                rounds, power = self.standings[rest].get(option, (-1, tally[option]))
                standing[option] = max(standing.get(option, (-1, 0)), (rounds + 1, power))
        self.standings[left] = standing

    def tell(
        self, tally: dict[str, Power], leader: str | None, leaving: list[frozenset[str]]
    ) -> None:
        names = ", ".join(sorted(frozenset().union(*leaving)))
        then = f"{names} leaves." if len(leaving) == 1 else f"{names} are tied for last place."
        if leader:
            then = f"{leader} has a majority."
        self.trace.append(f"Round {len(self.rounds)}: {scored(tiers(tally), tally)}. {then}")


def in_piles(ballots: Profile) -> Piles:
    """The ballots by their first tier."""
    piles: Piles = {}
    for ballot, power in ballots:
        piles.setdefault(ballot[:1], []).append((ballot, power))
    return piles


def passed_on(piles: Piles, left: frozenset[str]) -> Piles:
    """The ballots of those who have left are passed on to the next tier in which somebody is left;
    all other piles stay as they are.
    """
    gone = [top for top in piles if top and left.isdisjoint(*top)]
    moved = in_piles(
        [
            (tuple(dropwhile(left.isdisjoint, ballot)), power)
            for top in gone
            for ballot, power in piles[top]
        ]
    )
    kept = {top: pile for top, pile in piles.items() if top not in gone}
    return kept | {top: [*kept.get(top, ()), *pile] for top, pile in moved.items()}


def tops(piles: Piles) -> Profile:
    """Each pile as one ballot."""
    return [(top, sum(power for _, power in pile)) for top, pile in piles.items()]


def last_ones(tally: dict[str, Power]) -> list[frozenset[str]]:
    """Who may leave next: together, those tied for last whose sum stays below the next; else one of
    them each way.
    """
    lowest = min(tally.values())
    tied = sorted(option for option, power in tally.items() if power == lowest)
    others = [power for power in tally.values() if power > lowest]
    if others and lowest * len(tied) < min(others):
        return [frozenset(tied)]
    return [frozenset({option}) for option in tied]


class Irv(RankingMethod[RankingParams]):
    id: ClassVar[str] = "irv"
    reference = "Ware (1871); ties for last place are followed every way instead of being drawn."
    params = RankingParams

    def tally(self, case: Case[RankingParams]) -> Result:
        everyone, given = frozenset(case.options), as_given(case)
        runoff = Runoff()
        if everyone:
            runoff.run(everyone, in_piles(given), told=True)
        winners = sorted(runoff.winners.get(everyone, ()))
        standings = runoff.standings.get(everyone, {})
        order = tiers_by(
            standings, lambda option: (1,) if option in winners else (0, *standings[option])
        )
        first = runoff.rounds[0]["tally"] if runoff.rounds else {}
        return Result(
            winners=winners,
            decided="tie" if len(winners) > 1 else "yes" if winners else "no",
            ranking=order,
            scores=dict(first),
            ties=[winners] if len(winners) > 1 else [],
            diagnostics=report(pairwise(case.options, filled(case, given)))
            | {"rounds": runoff.rounds},
            trace=[*runoff.trace, f"Order by how long each stayed: {in_words(order)}."],
            exact=not runoff.capped,
            warnings=["So many ties for last place that not every way was followed."]
            if runoff.capped
            else [],
        )
