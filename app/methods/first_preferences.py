"""First preferences among the options still in the race."""

from collections.abc import Collection
from fractions import Fraction

from app.methods.case import Power
from app.methods.rankings import Profile


def first_preferences(ballots: Profile, left: Collection[str]) -> tuple[dict[str, Power], Power]:
    """The power behind each option left, and the power of ballots that rank none of them.

    Each ballot starts with a tier in which somebody is left, or is empty. One that ties several of
    them for first place is shared equally among them.
    """
    tally: dict[str, Power] = dict.fromkeys(sorted(left), 0)
    exhausted: Power = 0
    for tiers, power in ballots:
        if not tiers:
            exhausted += power
            continue
        top = [option for option in tiers[0] if option in tally]
        share = power if len(top) == 1 else Fraction(power) / len(top)
        for option in top:
            tally[option] += share
    return tally, exhausted
