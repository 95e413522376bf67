"""The method of equal shares: every voter gets the same part of the budget and pays for what is
chosen.

Each voter holds budget / n. Chosen is the option with the least ρ for which Σ min(balance, ρ ·
worth) over its supporters reaches its cost. A tie for a step is followed every way, at most 500 of
them. O(ballots · options · seats).
"""

from fractions import Fraction
from typing import ClassVar, Literal

from app.ballots.numbers import exact
from app.errors import N_, Refused
from app.methods.base import Method
from app.methods.case import Case, Params, Reads
from app.methods.committees import Committee, blocs, result_of
from app.methods.outcome import Result
from app.methods.shares_run import Purse, complete
from app.methods.ways import Pick


class EqualSharesParams(Params):
    """What an option is worth to its supporters, and what happens with money nobody can use."""

    utility: Literal["cardinality", "cost"] = "cardinality"
    completion: Literal["none", "phragmen", "add1", "utilitarian"] = "none"


class EqualShares(Method[EqualSharesParams]):
    """With `seats` every option costs 1 and the budget is the seats; else `budget` and `costs`."""

    id: ClassVar[str] = "equal_shares"
    shape = "approval"
    reads: ClassVar[Reads] = {"seats": None, "budget": None, "costs": None}
    reference = (
        "Peters and Skowron (2020); Peters, Pierczyński and Skowron (2021), method of equal shares."
    )
    params = EqualSharesParams

    def tally(self, case: Case[EqualSharesParams]) -> Result:
        (budget, costs), voters = self.money(case), blocs(case)

        def run(pick: Pick) -> Committee:
            purse = Purse(voters, Fraction(case.power), budget, costs, case.params.utility)
            return complete(purse, case.params.completion, pick)

        how = f"Each ballot holds {budget}/{case.power} and pays its part of what it approves of."
        return result_of(case, run, how)

    def money(self, case: Case[EqualSharesParams]) -> tuple[Fraction, dict[str, Fraction]]:
        """The budget and what each option costs; raises `bad_poll` if the poll does not say."""
        poll = case.poll
        if poll.seats is not None and poll.budget is None:
            seats = min(poll.seats, len(case.options))
            return Fraction(seats), dict.fromkeys(case.options, Fraction(1))
        if poll.budget is None:
            raise Refused(
                "bad_poll", N_("Please give “seats”, or “budget” with “costs”."), field="seats"
            )
        costs = {option: exact(poll.costs.get(option, 0)) for option in case.options}
        for option, cost in costs.items():
            if cost <= 0:
                raise Refused(
                    "bad_poll",
                    N_("The option “{option}” needs a cost above zero."),
                    field="costs",
                    option=option,
                )
        return Fraction(poll.budget), costs
