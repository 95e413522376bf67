"""Proportional approval: the committee with the largest sum of 1 + 1/2 + … over all ballots.

Score of a committee: Σ power · (1 + 1/2 + … + 1/j), j being how many members the ballot approves
of. Committees of equal score are all optima: who is in all of them wins, the others tie. Refused
above two million committees; above 20,000 it is heavy.
"""

from math import comb
from typing import ClassVar

from app.ballots.numbers import text
from app.errors import N_, Refused
from app.methods.base import Method
from app.methods.case import Case, Params, Reads
from app.methods.committees import blocs, satisfaction, seats_of
from app.methods.outcome import Result
from app.methods.pav_search import MOST_LISTED, best_committees
from app.methods.poll import Poll
from app.methods.tiers import listed

FEW = 20_000
MOST = 2_000_000


class Pav(Method[Params]):
    """Exact: every committee is compared, up to two million of them, and all optima are reported
    (a hundred of them by name). Beyond, the count is refused; `seq_pav` is the lighter rule.
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
        return f"There are {number:,} committees to compare." if number > FEW else None

    def check_size(self, options: int, seats: int | None) -> None:
        if comb(options, min(seats or 1, options)) > MOST:
            raise Refused(
                "too_heavy",
                N_(
                    "With {options} options and {seats} seats there are more than two million "
                    "committees to compare. Sequential proportional approval (seq_pav) chooses "
                    "step by step and has no such limit."
                ),
                options=options,
                seats=seats or 1,
            )

    def tally(self, case: Case[Params]) -> Result:
        voters, options = blocs(case), sorted(case.options)
        best = best_committees(voters, options, seats_of(case))
        every, rest = sorted(best.every), sorted(set(options) - best.some)
        open_ = sorted(best.some - best.every)
        more = best.number - len(best.committees)
        return Result(
            winners=every,
            decided="tie" if open_ else "yes" if every else "no",
            ranking=[tier for tier in (every, open_, rest) if tier],
            ties=[open_] if open_ else [],
            diagnostics={
                "score": text(best.score),
                "committees": best.committees,
                "optima": best.number,
                "satisfaction": satisfaction(voters, best.committees[0]),
            },
            trace=[
                f"The best score is {text(best.score)}.",
                *(f"It is reached by {listed(one)}." for one in best.committees),
                *([f"And by {more} more committees."] if more else []),
            ],
            warnings=[f"Only {MOST_LISTED} of the best committees are listed."] if more else [],
        )
