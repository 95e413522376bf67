"""Sequential proportional approval: each next choice is worth less to those already satisfied."""

from fractions import Fraction
from typing import ClassVar

from app.methods.base import Method
from app.methods.case import Case, Params, Reads
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
            committee = Committee()
            while len(committee.members) < seats:
                gains = {o: gain(o, voters, committee.members) for o in case.options}
                left = {o: worth for o, worth in gains.items() if o not in committee.members}
                best = sorted(o for o in left if left[o] == max(left.values()))
                chosen = pick(best)
                committee.take(chosen, best, gain=left[chosen])
                committee.scores[chosen] = left[chosen]
            return committee

        return result_of(
            case, run, "Each ballot counts 1, then 1/2, 1/3 … for what it approves of."
        )


def gain(option: str, voters: list[Bloc], members: list[str]) -> Fraction:
    """What one more member adds to the sum of 1 + 1/2 + … over all ballots."""
    return sum(
        (
            Fraction(bloc.power) / (1 + len(bloc.approved.intersection(members)))
            for bloc in voters
            if option in bloc.approved
        ),
        start=Fraction(0),
    )
