"""Sequential proportional approval: each next choice is worth less to those already satisfied.

Gain of an option: Σ power / (1 + members already approved of), over its supporters. A tie for a
step is followed every way, at most 500 of them. O(ballots · options · seats).
"""

from fractions import Fraction
from math import lcm
from typing import ClassVar

from app.methods.base import Method
from app.methods.case import Case, Params, Power, Reads
from app.methods.committees import Bloc, Committee, blocs, result_of, seats_of
from app.methods.outcome import Result
from app.methods.ways import Pick

NONE = Fraction(0)


class SeqPav(Method[Params]):
    id: ClassVar[str] = "seq_pav"
    shape = "approval"
    reads: ClassVar[Reads] = {"seats": None}
    reference = (
        "Thiele (1895); Lackner and Skowron (2023), Multi-Winner Voting with Approval Preferences."
    )
    params = Params

    def tally(self, case: Case[Params]) -> Result:
        voters, seats = blocs(case), seats_of(case)

        def run(pick: Pick) -> Committee:
            committee = Committee()
            while len(committee.members) < seats:
                gains = gains_of(voters, committee.members)
                left = {o: gains.get(o, NONE) for o in case.options if o not in committee.members}
                most = max(left.values())
                best = sorted(option for option in left if left[option] == most)
                chosen = pick(best)
                committee.take(chosen, best, gain=left[chosen])
                committee.scores[chosen] = left[chosen]
            return committee

        return result_of(
            case, run, "Each ballot counts 1, then 1/2, 1/3 … for what it approves of."
        )


def gains_of(voters: list[Bloc], members: list[str]) -> dict[str, Fraction]:
    """What one more member would add to the sum of 1 + 1/2 + … over all ballots."""
    inside = set(members)
    unit = lcm(*range(1, len(members) + 2))  # its parts are whole, and sums of ints are quick
    gains: dict[str, Power] = {}
    for bloc in voters:
        worth = bloc.power * (unit // (len(bloc.approved & inside) + 1))
        for option in bloc.approved:
            gains[option] = gains.get(option, 0) + worth
    return {option: Fraction(gain) / unit for option, gain in gains.items()}
