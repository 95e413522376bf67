"""Phragmén's sequential rule: each choice is a load on its supporters, kept as even as may be.

Load of an option: (1 + Σ loads of its supporters) / number of supporters; the least is chosen, and
its supporters then all carry it. A tie for a step is followed every way, at most 500 of them.
O(ballots · options · seats).
"""

from fractions import Fraction
from typing import ClassVar

from app.methods.base import Method
from app.methods.case import Case, Params, Reads
from app.methods.committees import Committee, blocs, result_of, seats_of
from app.methods.loads import Loads
from app.methods.outcome import Result
from app.methods.ways import Pick


class SeqPhragmen(Method[Params]):
    id: ClassVar[str] = "seq_phragmen"
    shape = "approval"
    reads: ClassVar[Reads] = {"seats": None}
    reference = "Phragmén (1894); Brill et al. (2017), Phragmén's voting methods."
    params = Params

    def tally(self, case: Case[Params]) -> Result:
        voters, seats = blocs(case), seats_of(case)

        def run(pick: Pick) -> Committee:
            committee, loads = Committee(), Loads(voters, Fraction(0))
            while len(committee.members) < seats and add_next(
                committee, loads, set(case.options), pick
            ):
                pass
            return committee

        return result_of(case, run, "Each choice costs 1, shared by those who approve of it.")


def add_next(
    committee: Committee,
    loads: Loads,
    options: set[str],
    pick: Pick,
    cost: dict[str, Fraction] | None = None,
) -> bool:
    """Choose the option whose supporters' load stays lowest; False if none of the rest has any."""
    reached: dict[str, Fraction] = {}
    for option in sorted(options.difference(committee.members)):
        if supporters := loads.supporters(option):
            price = cost[option] if cost else Fraction(1)
            carried = sum((load * power for load, power in supporters), start=price)
            reached[option] = carried / sum(power for _, power in supporters)
    if not reached:
        return False
    least = min(reached.values())
    lowest = [option for option in reached if reached[option] == least]
    chosen = pick(lowest)
    loads.change(chosen, lambda _: least)
    committee.take(chosen, lowest, load=least)
    committee.scores[chosen] = least
    return True
