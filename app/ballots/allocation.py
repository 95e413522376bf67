"""Points or dots spread over the options from a budget."""

from typing import ClassVar, Self

from app.ballots.body import Body
from app.ballots.errors import BallotError
from app.ballots.numbers import Whole
from app.ballots.terms import Terms
from app.errors import N_


class Allocation(Body):
    """`{"allocation": {"A": 3}}`: whole points; an option left out gets none."""

    shape: ClassVar[str] = "allocation"
    allocation: dict[str, Whole]

    def named(self) -> list[str]:
        return list(self.allocation)

    def cost(self, squared: bool) -> int:
        """Points spent; under quadratic voting the sum of the squares."""
        return sum(
            points * points if squared else abs(points) for points in self.allocation.values()
        )

    def check(self, terms: Terms) -> Self:
        self.know_options(terms)
        for option, points in self.allocation.items():
            if points < 0 and not terms.negative:
                raise BallotError(
                    "budget",
                    N_("{points} is below zero; points can only be given here."),
                    field=f"allocation.{option}",
                    points=points,
                )
            if terms.per_option is not None and abs(points) > terms.per_option:
                raise BallotError(
                    "budget",
                    N_("You gave {points} to one option; at most {most} may be given to one."),
                    field=f"allocation.{option}",
                    points=points,
                    most=terms.per_option,
                )
        self.check_budget(terms)
        return self

    def check_budget(self, terms: Terms) -> None:
        spent = self.cost(terms.squared)
        if terms.budget is None or spent == 0:
            return
        if spent > terms.budget:
            raise BallotError(
                "budget",
                N_("You spent {spent} of {budget}. Please take some back."),
                field="allocation",
                spent=spent,
                budget=terms.budget,
            )
        if terms.spend_all and spent < terms.budget:
            raise BallotError(
                "budget",
                N_("You spent {spent} of {budget}. Please spend all of them."),
                field="allocation",
                spent=spent,
                budget=terms.budget,
            )
