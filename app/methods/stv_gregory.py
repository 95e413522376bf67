"""Weighted inclusive Gregory: every vote of an elected option is passed on at the same reduced
value.
"""

from fractions import Fraction

from app.methods.rankings import Tiers
from app.methods.stv_stages import Election
from app.methods.ways import Pick

Pile = list[tuple[Tiers, Fraction]]


def gregory(election: Election, pick: Pick, decimals: int | None) -> Election:
    """Fill the seats: elect who has the quota, pass on the largest surplus, else drop the last one.

    With `decimals` the value of a vote passed on is cut to so many of them.
    """
    piles: dict[str, Pile] = {option: [] for option in sorted(election.hopeful)}
    tally = dict.fromkeys(piles, Fraction(0))
    first = [(tiers, Fraction(power)) for tiers, power in election.ballots]
    deal(piles, tally, first, election.hopeful)
    waiting: list[str] = []  # elected with a surplus not yet passed on
    while not election.over():
        election.stage(tally)
        reach = sorted(election.hopeful, key=lambda o: (-tally[o], o))
        for option in [o for o in reach if tally[o] >= election.quota][: election.left]:
            election.elect(option)
            waiting.append(option)
        if election.over():
            break
        if len(election.hopeful) <= election.left:
            election.elect_all_left(tally)
        elif surplus := [o for o in waiting if tally[o] > election.quota]:
            largest = [o for o in surplus if tally[o] == max(tally[s] for s in surplus)]
            chosen = election.one_of(largest, True, pick)
            waiting.remove(chosen)
            pass_on(piles, tally, chosen, election, decimals)
        else:
            drop_last(piles, tally, election, pick)
    return election


def deal(
    piles: dict[str, Pile], tally: dict[str, Fraction], votes: Pile, hopeful: set[str]
) -> None:
    """Each vote to the first option on it that is still in the race; shared, if several tie."""
    for tiers, value in votes:
        for tier in tiers:
            tops = [option for option in tier if option in hopeful]
            if tops:
                share = value / len(tops) if len(tops) > 1 else value
                for option in tops:
                    piles[option].append((tiers, share))
                    tally[option] += share
                break


def pass_on(
    piles: dict[str, Pile],
    tally: dict[str, Fraction],
    option: str,
    election: Election,
    decimals: int | None,
) -> None:
    """The surplus goes on: every vote at its value times surplus over votes; the quota stays."""
    factor = (tally[option] - election.quota) / tally[option]
    moved = [(tiers, cut(value * factor, decimals)) for tiers, value in piles[option]]
    piles[option], tally[option] = [], election.quota
    deal(piles, tally, moved, election.hopeful)


def cut(value: Fraction, decimals: int | None) -> Fraction:
    return value if decimals is None else Fraction(int(value * 10**decimals), 10**decimals)


def drop_last(
    piles: dict[str, Pile], tally: dict[str, Fraction], election: Election, pick: Pick
) -> None:
    """Those without any vote leave together if enough remain; else the last one, its votes going
    on.
    """
    none = sorted(option for option in election.hopeful if tally[option] == 0)
    if none and len(election.hopeful) - len(none) >= election.left:
        for option in none:
            election.drop(option)
        return
    lowest = min(tally[option] for option in election.hopeful)
    last = election.one_of(
        sorted(option for option in election.hopeful if tally[option] == lowest), False, pick
    )
    election.drop(last)
    votes, piles[last], tally[last] = piles[last], [], Fraction(0)
    deal(piles, tally, votes, election.hopeful)
