"""Proportional approval: the committee with the largest sum of 1 + 1/2 + … over all ballots."""

from fractions import Fraction
from itertools import combinations
from math import comb
from typing import ClassVar

from app.ballots.numbers import text
from app.methods.base import Method
from app.methods.case import Case, Params, Reads
from app.methods.committees import Bloc, blocs, satisfaction, seats_of
from app.methods.outcome import Result
from app.methods.pav_program import best_committee
from app.methods.poll import Poll
from app.methods.tiers import listed

FEW = 20_000


class Pav(Method[Params]):
    """Every committee is compared where there are at most 20,000, and all optima are reported;
    beyond, one optimum comes from an integer program and others may exist.
    """

    id: ClassVar[str] = "pav"
    shape = "approval"
    reads: ClassVar[Reads] = {"seats": None}
    reference = (
        "Thiele (1895); Aziz et al. (2017), Justified representation in approval-based voting."
    )
    params = Params

    def heavy(self, poll: Poll) -> str | None:
        number = comb(len(poll.options), poll.seats or 1)
        return f"There are {number} committees to compare." if number > FEW else None

    def tally(self, case: Case[Params]) -> Result:
        voters, seats = blocs(case), seats_of(case)
        options = sorted(case.options)
        every = comb(len(options), seats) <= FEW
        if every:
            worth = {c: score(voters, c) for c in combinations(options, seats)}
            best = max(worth.values(), default=Fraction(0))
            committees = [list(c) for c in worth if worth[c] == best]
        else:
            committees = [best_committee(voters, options, seats)]
            best = score(voters, tuple(committees[0]))
        sure = set(committees[0]).intersection(*committees)
        open_ = sorted(set[str]().union(*committees) - sure)
        rest = sorted(set(options) - sure - set(open_))
        return Result(
            winners=sorted(sure),
            decided="tie" if open_ else "yes" if sure else "no",
            ranking=[tier for tier in (sorted(sure), open_, rest) if tier],
            ties=[open_] if open_ else [],
            diagnostics={
                "score": text(best),
                "committees": committees,
                "satisfaction": satisfaction(voters, committees[0]),
            },
            trace=[
                f"The best score is {text(best)}.",
                *(f"It is reached by {listed(c)}." for c in committees),
            ],
            exact=every,
            warnings=[] if every else ["One optimum is given; there may be others equally good."],
        )


def score(voters: list[Bloc], committee: tuple[str, ...]) -> Fraction:
    """The sum over ballots of 1 + 1/2 + … + 1/j, j being how many of its options are in."""
    harmonic = [Fraction(0)]
    for j in range(1, len(committee) + 1):
        harmonic.append(harmonic[-1] + Fraction(1, j))
    inside = set(committee)
    return sum((bloc.power * harmonic[len(bloc.approved & inside)] for bloc in voters), Fraction(0))
