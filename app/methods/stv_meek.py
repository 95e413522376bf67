"""Meek's method: each elected option keeps just that part of every vote that gives it the quota.

Votes and keep values are counted in billionths, rounded up where a vote is split, as Algorithm 123
does.
"""

from collections.abc import Mapping
from fractions import Fraction

from app.methods.case import Power
from app.methods.stv_stages import Election
from app.methods.ways import Pick

ONE = 10**9
ENOUGH = 1000  # billionths: a surplus that no longer matters
MOST_TURNS = 1000


def meek(election: Election, pick: Pick) -> Election:
    """Fill the seats. The quota falls as votes run out."""
    keep = dict.fromkeys(sorted(election.hopeful), ONE)
    while not election.over():
        tally, quota = converge(election, keep)
        election.quota = in_votes(quota)
        shown = {option: in_votes(number) for option, number in tally.items()}
        election.stage(shown)
        reach = sorted(election.hopeful, key=lambda o: (-tally[o], o))
        elected = [o for o in reach if tally[o] >= quota][: election.left]
        for option in elected:
            election.elect(option)
        if election.over() or elected:
            continue
        if len(election.hopeful) <= election.left:
            election.elect_all_left(shown)
            continue
        lowest = min(tally[option] for option in election.hopeful)
        last = sorted(o for o in election.hopeful if tally[o] - lowest < ENOUGH)
        chosen = election.one_of(last, False, pick)
        election.drop(chosen)
        keep[chosen] = 0
    return election


def in_votes(number: Power) -> Fraction:
    """Billionths as votes."""
    return Fraction(number) / ONE


def converge(election: Election, keep: dict[str, int]) -> tuple[dict[str, Power], Power]:
    """Tally and quota once the surplus of those elected is as good as passed on."""
    tally, quota = counted(election, keep)
    turns = 0
    while not settled(election, tally, quota) and turns < MOST_TURNS:
        for option in election.elected:
            keep[option] = up(keep[option] * quota, tally[option])
        tally, quota = counted(election, keep)
        turns += 1
    return tally, quota


def counted(election: Election, keep: Mapping[str, int]) -> tuple[dict[str, Power], Power]:
    tally = share_out(election, keep)
    return tally, meek_quota(election, sum(tally.values()))


def settled(election: Election, tally: Mapping[str, Power], quota: Power) -> bool:
    """True once somebody more reaches the quota, or as good as no surplus is left."""
    surplus = sum(tally[option] - quota for option in election.elected)
    return surplus < ENOUGH or any(tally[option] >= quota for option in election.hopeful)


def meek_quota(election: Election, votes: Power) -> Power:
    """Votes still counted over seats plus one, and a trifle more; by Hare over the seats."""
    if election.rule == "hare":
        return Fraction(votes) / election.seats
    return votes // (election.seats + 1) + 1


def share_out(election: Election, keep: Mapping[str, int]) -> dict[str, Power]:
    """Each vote down its ranking, every option keeping its part."""
    tally: dict[str, Power] = dict.fromkeys(keep, 0)
    for tiers, power in election.ballots:
        value = ONE
        for tier in tiers:
            inside = [option for option in tier if keep[option]]
            parts = {option: up(value * keep[option], ONE * len(inside)) for option in inside}
            for option, part in parts.items():
                tally[option] += part * power
            value -= sum(parts.values())
            if value <= 0:
                break
    return tally


def up(part: Power, whole: Power) -> int:
    """The quotient, rounded up to a whole number."""
    return int(-(-part // whole))
