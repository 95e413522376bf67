"""Meek's method: each elected option keeps just that part of every vote that gives it the quota."""

from fractions import Fraction

from app.methods.stv_stages import Election
from app.methods.ways import Pick

UNIT = Fraction(1, 10**9)
ENOUGH = Fraction(1, 10**6)
MOST_TURNS = 1000


def meek(election: Election, pick: Pick) -> Election:
    """Fill the seats. Values are kept to nine decimals; the quota falls as votes run out."""
    keep = dict.fromkeys(sorted(election.hopeful), Fraction(1))
    while not election.over():
        tally = converge(election, keep)
        election.stage(tally)
        reach = sorted(election.hopeful, key=lambda o: (-tally[o], o))
        elected = [o for o in reach if tally[o] >= election.quota][: election.left]
        for option in elected:
            election.elect(option)
        if election.over() or elected:
            continue
        if len(election.hopeful) <= election.left:
            election.elect_all_left(tally)
            continue
        lowest = min(tally[option] for option in election.hopeful)
        last = sorted(o for o in election.hopeful if tally[o] - lowest < ENOUGH)
        chosen = election.one_of(last, False, pick)
        election.drop(chosen)
        keep[chosen] = Fraction(0)
    return election


def converge(election: Election, keep: dict[str, Fraction]) -> dict[str, Fraction]:
    """The tally once the surplus of those elected is as good as passed on."""
    for _ in range(MOST_TURNS):
        tally, counted = share_out(election, keep)
        election.quota = meek_quota(election, counted)
        surplus = sum((tally[o] - election.quota for o in election.elected), start=Fraction(0))
        reached = any(tally[option] >= election.quota for option in election.hopeful)
        if reached or surplus < ENOUGH:
            return tally
        for option in election.elected:
            keep[option] = up(keep[option] * election.quota / tally[option])
    return tally


def meek_quota(election: Election, counted: Fraction) -> Fraction:
    """Votes still counted over seats plus one, and a trifle more; by Hare over the seats."""
    if election.rule == "hare":
        return counted / election.seats
    return down(counted / (election.seats + 1)) + UNIT


def share_out(
    election: Election, keep: dict[str, Fraction]
) -> tuple[dict[str, Fraction], Fraction]:
    """Each vote down its ranking, every option keeping its part; and the votes that were kept."""
    tally = {option: Fraction(0) for option in keep}
    for tiers, power in election.ballots:
        value = Fraction(1)
        for tier in tiers:
            inside = [option for option in tier if keep[option]]
            for option in inside:
                tally[option] += up(value * keep[option] / len(inside)) * power
            value -= sum((up(value * keep[o] / len(inside)) for o in inside), start=Fraction(0))
            if value <= 0:
                break
    return tally, sum(tally.values(), start=Fraction(0))


def up(value: Fraction) -> Fraction:
    return -(-value // UNIT) * UNIT


def down(value: Fraction) -> Fraction:
    return value // UNIT * UNIT
