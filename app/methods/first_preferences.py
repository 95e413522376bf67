"""First preferences among the options still in the race."""

from collections.abc import Collection
from fractions import Fraction

from app.methods.case import Power
from app.methods.rankings import Profile


def first_preferences(ballots: Profile, left: Collection[str]) -> tuple[dict[str, Power], Power]:
    """The power behind each option left, and the power of ballots that rank none of them.

    A ballot that ties several for first place is shared equally among them.
    """
    tally: dict[str, Power] = dict.fromkeys(sorted(left), 0)
    exhausted: Power = 0
    for tiers, power in ballots:
        for tier in tiers:
            top = [option for option in tier if option in tally]
            if top:
                share = power if len(top) == 1 else Fraction(power) / len(top)
                for option in top:
                    tally[option] += share
                break
        else:
            exhausted += power
    return tally, exhausted
