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
            committee, gains = Committee(), Gains(voters, seats)
            while len(committee.members) < seats:
                left = {o: gains.of(o) for o in case.options if o not in committee.members}
                most = max(left.values())
                best = sorted(option for option in left if left[option] == most)
                chosen = pick(best)
                committee.take(chosen, best, gain=Fraction(left[chosen]) / gains.unit)
                committee.scores[chosen] = Fraction(left[chosen]) / gains.unit
                gains.choose(chosen)
            return committee

        return result_of(
            case, run, "Each ballot counts 1, then 1/2, 1/3 … for what it approves of."
        )


class Gains:
    """What one more member would add to the sum of 1 + 1/2 + … over all ballots. Counted in parts
    that are whole, a `unit` of them to a vote: sums of ints are quick.
    """

    def __init__(self, voters: list[Bloc], seats: int) -> None:
        self.unit = lcm(*range(1, seats + 2))
        self.voters = voters
        self.inside = [0] * len(voters)
        self.gains: dict[str, Power] = {}
        for bloc in voters:
            self.add(bloc, bloc.power * self.unit)

    def of(self, option: str) -> Power:
        return self.gains.get(option, 0)

    def choose(self, option: str) -> None:
        """Its supporters have one more member; what they approve of is worth less to them."""
        for number, bloc in enumerate(self.voters):
            if option in bloc.approved:
                have = self.inside[number] = self.inside[number] + 1
                less = self.unit // (have + 1) - self.unit // have
                self.add(bloc, bloc.power * less)

    def add(self, bloc: Bloc, worth: Power) -> None:
        for option in bloc.approved:
            self.gains[option] = self.gains.get(option, 0) + worth
