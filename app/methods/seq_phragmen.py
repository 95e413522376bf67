"""Phragmén's sequential rule: each choice is a load on its supporters, kept as even as may be."""

from fractions import Fraction
from typing import ClassVar

from app.methods.base import Method
from app.methods.case import Case, Params, Reads
from app.methods.committees import Bloc, Committee, blocs, result_of, seats_of
from app.methods.outcome import Result
from app.methods.ways import Pick

Loads = dict[Bloc, Fraction]


class SeqPhragmen(Method[Params]):
    id: ClassVar[str] = "seq_phragmen"
    shape = "approval"
    reads: ClassVar[Reads] = {"seats": None}
    reference = "Phragmén (1894); Brill et al. (2017), Phragmén's voting methods."
    params = Params

    def tally(self, case: Case[Params]) -> Result:
        voters, seats = blocs(case), seats_of(case)

        def run(pick: Pick) -> Committee:
            committee, loads = Committee(), dict.fromkeys(voters, Fraction(0))
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
    for option in sorted(options - set(committee.members)):
        supporters = [bloc for bloc in loads if option in bloc.approved]
        if supporters:
            price = cost[option] if cost else Fraction(1)
            carried = sum((loads[bloc] * bloc.power for bloc in supporters), start=price)
            reached[option] = carried / sum(Fraction(bloc.power) for bloc in supporters)
    if not reached:
        return False
    lowest = [option for option in reached if reached[option] == min(reached.values())]
    chosen = pick(lowest)
    loads.update({bloc: reached[chosen] for bloc in loads if chosen in bloc.approved})
    committee.take(chosen, lowest, load=reached[chosen])
    committee.scores[chosen] = reached[chosen]
    return True
